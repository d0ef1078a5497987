using NodeData.Sdk.Webhooks.Receiving.Claims;

namespace NodeData.Sdk.Webhooks.Receiving.Processing;

/// <summary>The event of a verified request.</summary>
/// <param name="Event">The event.</param>
/// <param name="EventId">The ID that identifies the event in its claim keys.</param>
internal sealed record ReceivedEvent(WebhookEvent Event, string EventId)
{
    // Each attempt has a new signature, so the signature cannot identify the event. If there is no ID, the body does.
    public static ReceivedEvent Create(WebhookEvent webhookEvent, ReadOnlySpan<byte> body) =>
        new(webhookEvent, webhookEvent.Id is { Length: > 0 } id ? id : Digest.Compute(body));
}
