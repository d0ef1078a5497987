using System.Collections.ObjectModel;
using System.Text.Json;

namespace NodeData.Sdk.Webhooks;

/// <summary>
/// Represents a webhook endpoint: a URL that the service delivers events to (contract, "Webhook endpoints"). Its secret is only in the response that creates
/// it. Every member except the id may be missing. Immutable.
/// </summary>
/// <param name="Id">The id, such as <c>we_…</c>.</param>
public sealed record WebhookEndpoint(string Id)
{
    /// <summary>The URL that events are delivered to; null if the service does not report it, or reports text that is not a URL.</summary>
    public Uri? Url { get; init; }

    /// <summary>The event types that are delivered; empty for all types; null if the service does not report them.</summary>
    public IReadOnlyList<WebhookEventType>? Events { get; init; }

    /// <summary>The purpose of the endpoint, for people; null if there is none.</summary>
    public string? Description { get; init; }

    /// <summary>Whether events are delivered to the endpoint; null if the service does not report it.</summary>
    public bool? IsEnabled { get; init; }

    /// <summary>The time at which the endpoint was created; null if the service does not report it.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Members of the response that have no property here; secrets are masked.</summary>
    public IReadOnlyDictionary<string, JsonElement> AdditionalMembers { get; init; } = ReadOnlyDictionary<string, JsonElement>.Empty;
}
