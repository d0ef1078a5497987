namespace NodeData.Sdk.Webhooks;

/// <summary>
/// Options for updating a webhook endpoint. Only the members that are set are sent; the others remain unchanged. Immutable; each member is validated when it is
/// set.
/// </summary>
/// <example><c>new UpdateWebhookEndpointOptions { Events = [], IsEnabled = true }</c></example>
public sealed record UpdateWebhookEndpointOptions
{
    private readonly Uri? _url;
    private readonly IReadOnlyList<WebhookEventType>? _events;
    private readonly string? _description;

    /// <summary>Gets or initializes the new URL that events are delivered to; null to leave it unchanged.</summary>
    /// <exception cref="ArgumentException">
    /// The URL is not absolute, has a scheme other than http and https, uses http for an address that is not loopback, or contains a user name, a password or
    /// one of the service's secrets.
    /// </exception>
    public Uri? Url
    {
        get => _url;
        init => _url = value is null ? null : WebhookEndpointValidator.ValidateUrl(value, nameof(Url));
    }

    /// <summary>Gets or initializes the new event types to deliver; <c>[]</c> for all types; null to leave them unchanged.</summary>
    /// <exception cref="ArgumentException">One of the types is <c>default</c>.</exception>
    public IReadOnlyList<WebhookEventType>? Events
    {
        get => _events;
        init => _events = value is null ? null : WebhookEndpointValidator.ValidateEvents(value, nameof(Events));
    }

    /// <summary>Gets or initializes the new purpose of the endpoint, for people; an empty string to remove it; null to leave it unchanged.</summary>
    /// <exception cref="ArgumentException">The description contains a secret or an unpaired surrogate.</exception>
    public string? Description
    {
        get => _description;
        init => _description = value is null ? null : WebhookEndpointValidator.ValidateDescription(value, nameof(Description));
    }

    /// <summary>Gets or initializes a value that indicates whether events are delivered to the endpoint; null to leave it unchanged.</summary>
    public bool? IsEnabled { get; init; }
}
