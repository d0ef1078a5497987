using NodeData.Emulator.Responses;
using NodeData.Sdk;

namespace NodeData.Emulator.Webhooks;

/// <summary>A stored endpoint, without its secrets. Times are Unix timestamps in milliseconds.</summary>
internal sealed record WebhookEndpointRecord
{
    public required string Id { get; init; }

    public required KeyMode Mode { get; init; }

    public required string Url { get; init; }

    /// <summary>The event types that the endpoint is subscribed to; empty for all.</summary>
    public required IReadOnlyList<string> Events { get; init; }

    public string? Description { get; init; }

    public bool IsEnabled { get; init; } = true;

    public required long CreatedAt { get; init; }

    /// <summary>Whether the endpoint is enabled and subscribed to the event type.</summary>
    public bool IsSubscribedTo(string eventType) => IsEnabled && (Events.Count == 0 || Events.Contains(eventType, StringComparer.Ordinal));

    /// <summary>Returns the endpoint in the shape of a response.</summary>
    public WebhookEndpointObject ToObject(WebhookSecret? secret = null) =>
        new()
        {
            Id = Id,
            Url = Url,
            Events = Events,
            Description = Description,
            Enabled = IsEnabled,
            CreatedAt = WireTime.Format(CreatedAt),
            Secret = secret?.Reveal(),
        };
}
