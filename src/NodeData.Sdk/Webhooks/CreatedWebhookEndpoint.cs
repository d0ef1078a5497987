namespace NodeData.Sdk.Webhooks;

/// <summary>
/// Represents a new webhook endpoint and its secret. The secret is returned once and cannot be read again: store it where the receiver reads it before you
/// discard this object. It is masked in every textual form; <see cref="Reveal"/> returns it. Immutable.
/// </summary>
/// <param name="Endpoint">The endpoint, as later responses describe it.</param>
/// <param name="Secret">The secret that signs the endpoint's deliveries.</param>
public sealed record CreatedWebhookEndpoint(WebhookEndpoint Endpoint, WebhookSecret Secret)
{
    /// <summary>The id, such as <c>we_…</c>.</summary>
    public string Id => Endpoint.Id;

    /// <summary>
    /// The requested event types that are missing from the response: the service silently drops types that it does not know. If it drops all of them, the
    /// endpoint has no event types, which means that it receives every event. Also empty if the response does not list the event types.
    /// </summary>
    public IReadOnlyList<WebhookEventType> DroppedEventTypes { get; init; } = [];

    /// <summary>Returns the secret in plain text. Pass it only to code that needs it, never to code that logs.</summary>
    /// <returns>The secret.</returns>
    public string Reveal() => Secret.Reveal();
}
