namespace NodeData.Sdk.Webhooks;

/// <summary>Options for creating a webhook endpoint. Immutable; each member is validated when it is set.</summary>
/// <example><c>new CreateWebhookEndpointOptions("https://shop.example/webhooks/nodedata") { Events = [WebhookEventType.PayoutPaid] }</c></example>
public sealed record CreateWebhookEndpointOptions
{
    private readonly IReadOnlyList<WebhookEventType> _events = [];
    private readonly string? _description;
    private readonly string? _idempotencyKey;

    /// <summary>Initializes the options for an endpoint that receives every event unless <see cref="Events"/> is set.</summary>
    /// <param name="url">The URL that events are delivered to: <c>https://…</c>, or <c>http://</c> for a loopback address, such as that of an emulator.</param>
    /// <exception cref="ArgumentException">
    /// The URL is not absolute, has a scheme other than http and https, uses http for an address that is not loopback, or contains a user name, a password or
    /// one of the service's secrets.
    /// </exception>
    public CreateWebhookEndpointOptions(Uri url) => Url = WebhookEndpointValidator.ValidateUrl(url, nameof(url));

    /// <inheritdoc cref="CreateWebhookEndpointOptions(Uri)"/>
    public CreateWebhookEndpointOptions(string url) => Url = WebhookEndpointValidator.ValidateUrl(url, nameof(url));

    /// <summary>Gets the URL that events are delivered to.</summary>
    public Uri Url { get; }

    /// <summary>Gets or initializes the event types to deliver. The default is an empty list, which means all types, including those added later.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    /// <exception cref="ArgumentException">One of the types is <c>default</c>.</exception>
    public IReadOnlyList<WebhookEventType> Events
    {
        get => _events;
        init => _events = WebhookEndpointValidator.ValidateEvents(value, nameof(Events));
    }

    /// <summary>Gets or initializes the purpose of the endpoint, for people. The default is null.</summary>
    /// <exception cref="ArgumentException">The description contains a secret or an unpaired surrogate.</exception>
    public string? Description
    {
        get => _description;
        init => _description = value is null ? null : WebhookEndpointValidator.ValidateDescription(value, nameof(Description));
    }

    /// <summary>
    /// Gets or initializes the idempotency key of this request: 1 to 255 visible ASCII characters, such as a GUID. With a key, the client retries the call if
    /// the response is lost: a service that supports idempotency keys returns the first response again, including the secret, for 24 hours. The default is
    /// null.
    /// </summary>
    /// <exception cref="ArgumentException">The key is empty, too long, or contains a character other than visible ASCII.</exception>
    public string? IdempotencyKey
    {
        get => _idempotencyKey;
        init => _idempotencyKey = value is null ? null : Http.IdempotencyKey.Validate(value);
    }
}
