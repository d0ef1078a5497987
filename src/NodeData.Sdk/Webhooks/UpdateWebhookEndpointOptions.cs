namespace NodeData.Sdk.Webhooks;

/// <summary>What is to change about an endpoint. Only what is set here is sent; the rest stays as it is. Immutable; each member is checked where it is set.</summary>
/// <example><c>new UpdateWebhookEndpointOptions { Events = [], Enabled = true }</c></example>
public sealed record UpdateWebhookEndpointOptions
{
    private readonly Uri? _url;
    private readonly IReadOnlyList<WebhookEventType>? _events;
    private readonly string? _description;

    /// <summary>Where events are delivered from now on; null to leave it.</summary>
    /// <exception cref="ArgumentException">As for <see cref="CreateWebhookEndpointOptions(Uri)"/>.</exception>
    public Uri? Url
    {
        get => _url;
        init => _url = value is null ? null : EndpointRules.CheckUrl(value, nameof(Url));
    }

    /// <summary>The event types to be delivered from now on, <c>[]</c> for all of them; null to leave them.</summary>
    /// <exception cref="ArgumentException">One of them is <c>default</c>.</exception>
    public IReadOnlyList<WebhookEventType>? Events
    {
        get => _events;
        init => _events = value is null ? null : EndpointRules.CheckEvents(value, nameof(Events));
    }

    /// <summary>What it is for, an empty text for nothing any more; null to leave it.</summary>
    /// <exception cref="ArgumentException">It holds a secret or half a character.</exception>
    public string? Description
    {
        get => _description;
        init => _description = value is null ? null : EndpointRules.CheckDescription(value, nameof(Description));
    }

    /// <summary>Whether events are delivered; null to leave it.</summary>
    public bool? IsEnabled { get; init; }
}
