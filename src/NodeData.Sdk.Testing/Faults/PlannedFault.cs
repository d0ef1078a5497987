namespace NodeData.Sdk.Testing.Faults;

/// <summary>A fault for one call, and the task whose completion releases the call if it hangs.</summary>
internal sealed record PlannedFault(WebhookClaimStoreFault Fault, Task Released);
