namespace NodeData.Sdk.Testing.Faults;

/// <summary>One fault that a call has to meet, and what ends it where it hangs.</summary>
internal sealed record PlannedFault(WebhookClaimStoreFault Fault, Task Released);
