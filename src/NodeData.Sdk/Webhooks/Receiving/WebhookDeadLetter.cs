using System.Diagnostics;

namespace NodeData.Sdk.Webhooks;

/// <summary>An event that a handler has failed to handle, time and again (<see cref="WebhookReceiverOptions.DeadLetter"/>). Immutable.</summary>
/// <param name="Event">The event.</param>
/// <param name="ClaimKey">The event, the receiver and the handler.</param>
/// <param name="Attempt">Which attempt the last one was.</param>
/// <param name="Failure">What the handler threw.</param>
[DebuggerDisplay("{ToString(),nq}")]
public sealed record WebhookDeadLetter(WebhookEvent Event, WebhookClaimKey ClaimKey, int Attempt, Exception Failure)
{
    /// <summary>Which event, for which handler, at which attempt; never what stands in it.</summary>
    public override string ToString() => $"{ClaimKey.MaskedText}, attempt {Attempt}";
}
