namespace NodeData.Sdk.Webhooks;

/// <summary>
/// An endpoint that was just made, with its secret, which can never be read again: put it where the receiver looks for it before letting go of this. It prints
/// masked everywhere; <see cref="Reveal"/> gives the secret. Immutable.
/// </summary>
/// <param name="Endpoint">What every later answer tells about the endpoint.</param>
/// <param name="Secret">The secret that its deliveries are signed with.</param>
public sealed record CreatedWebhookEndpoint(WebhookEndpoint Endpoint, WebhookSecret Secret)
{
    /// <summary>The id, such as <c>we_…</c>.</summary>
    public string Id => Endpoint.Id;

    /// <summary>
    /// The event types that were asked for and are not in the answer: the service drops those that it does not know, and says nothing. Where it dropped all of
    /// them, none is left, and that means every event. Empty also where the service did not say which types it took.
    /// </summary>
    public IReadOnlyList<WebhookEventType> DroppedEventTypes { get; init; } = [];

    /// <summary>The secret itself. Hand it to what needs it, and to nothing that logs.</summary>
    public string Reveal() => Secret.Reveal();
}
