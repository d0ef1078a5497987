using NodeData.Sdk.Webhooks.Receiving.Claims;

namespace NodeData.Sdk.Webhooks.Receiving.Running;

/// <summary>A verified and readable delivery.</summary>
/// <param name="Event">The event.</param>
/// <param name="EventId">What it is claimed by.</param>
internal sealed record ReceivedEvent(WebhookEvent Event, string EventId)
{
    // Each attempt is signed afresh, so the signature is no identity: without an id, the body is.
    public static ReceivedEvent Create(WebhookEvent webhookEvent, ReadOnlySpan<byte> body) =>
        new(webhookEvent, webhookEvent.Id is { Length: > 0 } id ? id : Digest.Compute(body));
}
