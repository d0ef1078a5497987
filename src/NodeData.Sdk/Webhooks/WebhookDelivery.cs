using System.Collections.ObjectModel;
using System.Text.Json;

namespace NodeData.Sdk.Webhooks;

/// <summary>
/// Represents a delivery: one event for one endpoint, as the service reports it (contract, "Webhook endpoints"). Every member except the id may be missing.
/// Immutable.
/// </summary>
/// <param name="Id">The id, such as <c>wd_…</c>.</param>
public sealed record WebhookDelivery(string Id)
{
    /// <summary>The id of the event, such as <c>ev_…</c>.</summary>
    public string? EventId { get; init; }

    /// <summary>The type of the event, such as <c>payout.paid</c>; null if the service does not report it.</summary>
    public WebhookEventType? EventType { get; init; }

    /// <summary>The status of the delivery; null if the service does not report it.</summary>
    public WebhookDeliveryStatus? Status { get; init; }

    /// <summary>The number of attempts so far; null if the service does not report it.</summary>
    public int? Attempts { get; init; }

    /// <summary>The HTTP status code of the response to the last attempt; null if there was no response.</summary>
    public int? LastStatus { get; init; }

    /// <summary>The reason why the last attempt failed, for people; null if it did not fail.</summary>
    public string? LastError { get; init; }

    /// <summary>The time of the next attempt; null if there is none.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>The time at which an attempt succeeded; null if none did.</summary>
    public DateTimeOffset? SucceededAt { get; init; }

    /// <summary>The time at which the delivery was created.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Members of the response that have no property here; secrets are masked.</summary>
    public IReadOnlyDictionary<string, JsonElement> AdditionalMembers { get; init; } = ReadOnlyDictionary<string, JsonElement>.Empty;
}
