using NodeData.Sdk;

namespace NodeData.Emulator;

/// <summary>An event that the emulator was told to emit. Immutable.</summary>
public sealed record EmittedEvent
{
    /// <summary>Its id, <c>ev_…</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Its type, such as <c>payout.paid</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The mode whose endpoints it goes to.</summary>
    public required KeyMode Mode { get; init; }

    /// <summary>When it was emitted, on the emulator's clock.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The body of each delivery of it: a JSON object with <c>id</c>, <c>type</c>, <c>created_at</c> and <c>data</c>.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>
    /// Its deliveries, <c>wd_…</c>: one for each endpoint of the mode that was enabled and wants the type, in the order in which the endpoints were created.
    /// </summary>
    public required IReadOnlyList<string> DeliveryIds { get; init; }
}
