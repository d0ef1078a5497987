using NodeData.Emulator.Responses;
using NodeData.Emulator.Webhooks.Delivering;
using NodeData.Sdk;

namespace NodeData.Emulator;

/// <summary>One event on its way to one webhook endpoint, as it stood at one moment. Immutable.</summary>
public sealed record EmulatorDelivery
{
    /// <summary>Its id, <c>wd_…</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The endpoint that it goes to, <c>we_…</c>; the endpoint may have been deleted meanwhile.</summary>
    public required string EndpointId { get; init; }

    /// <summary>The mode of the endpoint and of the event.</summary>
    public required KeyMode Mode { get; init; }

    /// <summary>The event that it carries, <c>ev_…</c>.</summary>
    public required string EventId { get; init; }

    /// <summary>The type of the event, such as <c>payout.paid</c>.</summary>
    public required string EventType { get; init; }

    /// <summary>How far it has come.</summary>
    public EmulatorDeliveryStatus Status { get; init; } = EmulatorDeliveryStatus.Pending;

    /// <summary>How many attempts have come to their end. One that is under way is not counted yet.</summary>
    public int Attempts { get; init; }

    /// <summary>The status that the last attempt was answered with; null before the first, and where there was no answer.</summary>
    public int? LastStatus { get; init; }

    /// <summary>Why the last attempt failed; null where it did not.</summary>
    public string? LastError { get; init; }

    /// <summary>
    /// When it is attempted next, on the emulator's clock; null where it will not be. A time that is past: the attempt is under way or about to be, or the
    /// endpoint is disabled.
    /// </summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>When an attempt succeeded; null where none did.</summary>
    public DateTimeOffset? SucceededAt { get; init; }

    /// <summary>When the event was emitted.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The place in the order of creation; 0 before it is stored.</summary>
    internal long Sequence { get; init; }

    /// <summary>The place in the retry schedule: how many attempts failed since the delivery began, or was asked for again.</summary>
    internal int Step { get; init; }

    /// <summary>How often it was asked for again.</summary>
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
