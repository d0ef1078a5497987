using NodeData.Emulator.Responses;
using NodeData.Emulator.Webhooks.Delivering;
using NodeData.Sdk;

namespace NodeData.Emulator;

/// <summary>A snapshot of a delivery: one event for one webhook endpoint. Immutable.</summary>
public sealed record EmulatorDelivery
{
    /// <summary>The ID of the delivery, <c>wd_…</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The ID of the endpoint, <c>we_…</c>; the endpoint may have been deleted meanwhile.</summary>
    public required string EndpointId { get; init; }

    /// <summary>The mode of the endpoint and of the event.</summary>
    public required KeyMode Mode { get; init; }

    /// <summary>The ID of the event, <c>ev_…</c>.</summary>
    public required string EventId { get; init; }

    /// <summary>The type of the event, such as <c>payout.paid</c>.</summary>
    public required string EventType { get; init; }

    /// <summary>The status of the delivery.</summary>
    public EmulatorDeliveryStatus Status { get; init; } = EmulatorDeliveryStatus.Pending;

    /// <summary>The number of finished attempts. An attempt in progress is not counted.</summary>
    public int Attempts { get; init; }

    /// <summary>The status code of the response to the last attempt; null before the first attempt, and if there was no response.</summary>
    public int? LastStatus { get; init; }

    /// <summary>A description of the failure of the last attempt; null if it succeeded.</summary>
    public string? LastError { get; init; }

    /// <summary>
    /// The time of the next attempt, on the emulator's clock; null if there is none. If the time has passed, the attempt is in progress or about to start, or
    /// the endpoint is disabled.
    /// </summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>The time at which the last successful attempt finished; null if none succeeded.</summary>
    public DateTimeOffset? SucceededAt { get; init; }

    /// <summary>The time at which the event was emitted.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The position in the order of creation; 0 before the delivery is stored.</summary>
    internal long Sequence { get; init; }

    /// <summary>The position in the retry schedule: the number of failed attempts since the creation or the last redelivery.</summary>
    internal int Step { get; init; }

    /// <summary>The number of redeliveries.</summary>
    internal int Round { get; init; }

    internal DeliveryObject ToObject() =>
        new()
        {
            Id = Id,
            EventId = EventId,
            EventType = EventType,
            Status = DeliveryStatuses.ToWireValue(Status),
            Attempts = Attempts,
            LastStatus = LastStatus,
            LastError = LastError,
            NextAttemptAt = WireTime.Format(NextAttemptAt?.ToUnixTimeMilliseconds()),
            SucceededAt = WireTime.Format(SucceededAt?.ToUnixTimeMilliseconds()),
            CreatedAt = WireTime.Format(CreatedAt.ToUnixTimeMilliseconds()),
        };
}
