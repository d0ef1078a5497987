using System.Collections.ObjectModel;
using System.Text.Json;

namespace NodeData.Sdk.Webhooks;

/// <summary>
/// One event on its way to one endpoint, as the service sees it (contract, "Webhook endpoints"). Any member but the id may be missing. Immutable.
/// </summary>
/// <param name="Id">The id, such as <c>wd_…</c>.</param>
public sealed record WebhookDelivery(string Id)
{
    /// <summary>The event that it carries, such as <c>ev_…</c>.</summary>
    public string? EventId { get; init; }

    /// <summary>What happened, such as <c>payout.paid</c>; null where the service did not say.</summary>
    public WebhookEventType? EventType { get; init; }

    /// <summary>How far it has come; null where the service did not say.</summary>
    public WebhookDeliveryStatus? Status { get; init; }

    /// <summary>How often it was attempted.</summary>
    public int? Attempts { get; init; }

    /// <summary>The HTTP status that the last attempt was answered with; null where there was no answer.</summary>
    public int? LastStatus { get; init; }

    /// <summary>Why the last attempt failed, for people; null where it did not.</summary>
    public string? LastError { get; init; }

    /// <summary>When it is attempted next; null where it will not be.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>When an attempt succeeded; null where none did.</summary>
    public DateTimeOffset? SucceededAt { get; init; }

    /// <summary>When it began.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>What the service said beyond the members above; secrets masked.</summary>
    public IReadOnlyDictionary<string, JsonElement> AdditionalMembers { get; init; } = ReadOnlyDictionary<string, JsonElement>.Empty;
}
