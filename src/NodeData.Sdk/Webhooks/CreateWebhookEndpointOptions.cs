namespace NodeData.Sdk.Webhooks;

/// <summary>An endpoint to be made. Immutable; each member is checked where it is set.</summary>
/// <example><c>new CreateWebhookEndpointOptions("https://shop.example/webhooks/nodedata") { Events = [WebhookEventType.PayoutPaid] }</c></example>
public sealed record CreateWebhookEndpointOptions
{
    private readonly IReadOnlyList<WebhookEventType> _events = [];
    private readonly string? _description;
    private readonly string? _idempotencyKey;

    /// <summary>An endpoint to be made, for every event unless told otherwise.</summary>
    /// <param name="url">Where events are delivered: <c>https://…</c>, or <c>http://</c> on this machine, for an emulator.</param>
    /// <exception cref="ArgumentException">
    /// It is not absolute, of another scheme, plain http beyond this machine, or holds a user name, a password or one of the service's secrets.
    /// </exception>
    public CreateWebhookEndpointOptions(Uri url) => Url = EndpointRules.CheckUrl(url, nameof(url));

    /// <inheritdoc cref="CreateWebhookEndpointOptions(Uri)"/>
    public CreateWebhookEndpointOptions(string url) => Url = EndpointRules.CheckUrl(url, nameof(url));

    /// <summary>Where events are delivered.</summary>
    public Uri Url { get; }

    /// <summary>The event types to be delivered; the default is none, which means all of them, later ones included.</summary>
    /// <exception cref="ArgumentException">It is null, or one of them is <c>default</c>.</exception>
    public IReadOnlyList<WebhookEventType> Events
    {
        get => _events;
        init => _events = EndpointRules.CheckEvents(value, nameof(Events));
    }

    /// <summary>What it is for; left out, nothing.</summary>
    /// <exception cref="ArgumentException">It holds a secret or half a character.</exception>
    public string? Description
    {
        get => _description;
        init => _description = value is null ? null : EndpointRules.CheckDescription(value, nameof(Description));
    }

    /// <summary>
    /// A name for this very request, 1 to 255 visible ASCII characters, such as a GUID. With it the call may be repeated after a lost answer: a service that
    /// heeds it gives the first answer again, secret included, for 24 hours.
    /// </summary>
    /// <exception cref="ArgumentException">Empty, too long, or with other than visible ASCII.</exception>
    public string? IdempotencyKey
    {
        get => _idempotencyKey;
        init => _idempotencyKey = value is null ? null : Http.IdempotencyKey.Validate(value);
    }
}
