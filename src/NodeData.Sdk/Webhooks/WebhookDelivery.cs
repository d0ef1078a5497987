using System.Collections.ObjectModel;
using System.Text.Json;

namespace NodeData.Sdk.Webhooks;

/// <summary>
/// Represents a delivery: one event for one endpoint, as the service reports it (contract, "Webhook endpoints"). Every member except the ID may be missing.
/// Immutable.
/// </summary>
/// <param name="Id">The ID, such as <c>wd_…</c>.</param>
public sealed record WebhookDelivery(string Id)
{
    /// <summary>Gets the ID of the event, such as <c>ev_…</c>.</summary>
    public string? EventId { get; init; }

    /// <summary>Gets the type of the event, such as <c>payout.paid</c>; null if the service does not report it.</summary>
    public WebhookEventType? EventType { get; init; }

    /// <summary>Gets the status of the delivery; null if the service does not report it.</summary>
    public WebhookDeliveryStatus? Status { get; init; }

    /// <summary>Gets the number of attempts so far; null if the service does not report it.</summary>
    public int? Attempts { get; init; }

    /// <summary>Gets the HTTP status code of the response to the last attempt; null if no response was received.</summary>
    public int? LastStatus { get; init; }

    /// <summary>Gets the reason why the last attempt failed, for people; null if it did not fail.</summary>
    public string? LastError { get; init; }

    /// <summary>Gets the time of the next attempt; null if no further attempt is scheduled.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>Gets the time at which an attempt succeeded; null if no attempt succeeded.</summary>
    public DateTimeOffset? SucceededAt { get; init; }

    /// <summary>Gets the time at which the delivery was created; null if the service does not report it.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Gets the members of the response that have no property in this class; secrets are masked.</summary>
    public IReadOnlyDictionary<string, JsonElement> AdditionalMembers { get; init; } = ReadOnlyDictionary<string, JsonElement>.Empty;
}
