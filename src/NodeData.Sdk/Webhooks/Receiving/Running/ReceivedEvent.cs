using NodeData.Sdk.Webhooks.Receiving.Claims;

namespace NodeData.Sdk.Webhooks.Receiving.Running;

/// <summary>The event of a verified delivery.</summary>
/// <param name="Event">The event.</param>
/// <param name="EventId">The id that the event is claimed by.</param>
internal sealed record ReceivedEvent(WebhookEvent Event, string EventId)
{
    // Every attempt has a new signature, so the signature identifies nothing: without an id, the body identifies the event.
    public static ReceivedEvent Create(WebhookEvent webhookEvent, ReadOnlySpan<byte> body) =>
        new(webhookEvent, webhookEvent.Id is { Length: > 0 } id ? id : Digest.Compute(body));
}
