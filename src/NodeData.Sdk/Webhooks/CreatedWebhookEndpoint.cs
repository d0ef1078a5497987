namespace NodeData.Sdk.Webhooks;

/// <summary>
/// Represents a new webhook endpoint and its secret. The secret is returned once and cannot be read again: store it in a place that the receiver reads before
/// you discard this object. It is masked in every string representation; <see cref="Reveal"/> returns it. Immutable.
/// </summary>
/// <param name="Endpoint">The endpoint, as later responses contain it.</param>
/// <param name="Secret">The secret with which the service signs requests to the endpoint.</param>
public sealed record CreatedWebhookEndpoint(WebhookEndpoint Endpoint, WebhookSecret Secret)
{
    /// <summary>Gets the ID, such as <c>we_…</c>.</summary>
    public string Id => Endpoint.Id;

    /// <summary>
    /// Gets the requested event types that are missing from the response: the service silently drops types that it does not know. If it drops all of them, the
    /// endpoint has no event types, which means that it receives every event. Also empty if the response does not list the event types.
    /// </summary>
    public IReadOnlyList<WebhookEventType> DroppedEventTypes { get; init; } = [];

    /// <summary>Returns the secret in plain text. Pass it only to code that needs it, never to code that logs.</summary>
    /// <returns>The secret.</returns>
    public string Reveal() => Secret.Reveal();
}
