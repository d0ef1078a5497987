using System.Collections.ObjectModel;
using System.Text.Json;

namespace NodeData.Sdk.Webhooks;

/// <summary>
/// Represents a webhook endpoint: a URL that the service delivers events to (contract, "Webhook endpoints"). Only the response to the request that creates it
/// contains its secret. Every member except the ID may be missing. Immutable.
/// </summary>
/// <param name="Id">The ID, such as <c>we_…</c>.</param>
public sealed record WebhookEndpoint(string Id)
{
    /// <summary>Gets the URL that events are delivered to; null if the service does not report it, or reports a string that is not a URL.</summary>
    public Uri? Url { get; init; }

    /// <summary>Gets the event types that are delivered; empty for all types; null if the service does not report them.</summary>
    public IReadOnlyList<WebhookEventType>? Events { get; init; }

    /// <summary>Gets the purpose of the endpoint, for people; null if the endpoint has no description.</summary>
    public string? Description { get; init; }

    /// <summary>Gets a value that indicates whether events are delivered to the endpoint; null if the service does not report it.</summary>
    public bool? IsEnabled { get; init; }

    /// <summary>Gets the time at which the endpoint was created; null if the service does not report it.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Gets the members of the response that have no property in this class; secrets are masked.</summary>
    public IReadOnlyDictionary<string, JsonElement> AdditionalMembers { get; init; } = ReadOnlyDictionary<string, JsonElement>.Empty;
}
