using NodeData.Sdk;

namespace NodeData.Emulator;

/// <summary>An event that the emulator emitted. Immutable.</summary>
public sealed record EmittedEvent
{
    /// <summary>The ID of the event, <c>ev_…</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The type of the event, such as <c>payout.paid</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The mode whose endpoints receive the event.</summary>
    public required KeyMode Mode { get; init; }

    /// <summary>The time at which the event was emitted, on the emulator's clock.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The body of each delivery of the event: a JSON object with <c>id</c>, <c>type</c>, <c>created_at</c> and <c>data</c>.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>
    /// The IDs of its deliveries, <c>wd_…</c>: one for each enabled endpoint of the mode that is subscribed to the type, in the order of the endpoints'
    /// creation.
    /// </summary>
    public required IReadOnlyList<string> DeliveryIds { get; init; }
}
