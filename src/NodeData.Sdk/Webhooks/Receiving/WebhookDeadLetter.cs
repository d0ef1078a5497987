using System.Diagnostics;

namespace NodeData.Sdk.Webhooks;

/// <summary>Represents an event that a handler repeatedly failed to process (<see cref="WebhookReceiverOptions.DeadLetter"/>). Immutable.</summary>
/// <param name="Event">The event.</param>
/// <param name="ClaimKey">The claim key: the receiver, the event and the handler.</param>
/// <param name="Attempt">The number of times that the handler has been granted the claim on the event.</param>
/// <param name="Exception">The exception that the handler threw.</param>
[DebuggerDisplay("{ToString(),nq}")]
public sealed record WebhookDeadLetter(WebhookEvent Event, WebhookClaimKey ClaimKey, int Attempt, Exception Exception)
{
    /// <summary>Returns the claim key and the attempt, never the data of the event.</summary>
    /// <returns>The claim key, with secrets masked, and the attempt.</returns>
    public override string ToString() => $"{ClaimKey.MaskedText}, attempt {Attempt}";
}
