using System.Collections.ObjectModel;
using System.Text.Json;

namespace NodeData.Sdk.Webhooks;

/// <summary>
/// An address that the service delivers events to: everything but its secret, which no answer but the one to creating it ever holds (contract, "Webhook
/// endpoints"). Any member but the id may be missing. Immutable.
/// </summary>
/// <param name="Id">The id, such as <c>we_…</c>.</param>
public sealed record WebhookEndpoint(string Id)
{
    /// <summary>Where events are delivered; null where the service did not say, or said no address.</summary>
    public Uri? Url { get; init; }

    /// <summary>The event types that are delivered, none for all of them; null where the service did not say.</summary>
    public IReadOnlyList<WebhookEventType>? Events { get; init; }

    /// <summary>What it is for; null for nothing.</summary>
    public string? Description { get; init; }

    /// <summary>Whether events are delivered at all; null where the service did not say.</summary>
    public bool? IsEnabled { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>What the service said beyond the members above; secrets masked.</summary>
    public IReadOnlyDictionary<string, JsonElement> AdditionalMembers { get; init; } = ReadOnlyDictionary<string, JsonElement>.Empty;
}
