namespace NodeData.Emulator;

/// <summary>Something that goes wrong with a webhook delivery on demand. Made by its factories; immutable.</summary>
public sealed record EmulatorDeliveryFault
{
    private static readonly TimeSpan MaxTime = TimeSpan.FromDays(365);
    private static readonly TimeSpan MaxReorderDelay = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan DefaultAge = TimeSpan.FromMinutes(10);

    private EmulatorDeliveryFault() { }

    internal enum FaultKind
    {
        Duplicate,
        Reorder,
        Delay,
        UseStaleTimestamp,
        UseInvalidSignature,
        Drop,
        Truncate,
    }

    internal FaultKind Kind { get; private init; }

    /// <summary>By how much the attempt is put off; null where it is made at once.</summary>
    internal TimeSpan? AttemptDelay { get; private init; }

    internal TimeSpan Age { get; private init; }

    internal int? Bytes { get; private init; }

    /// <summary>
    /// The attempt is made twice at the same time, each on a connection of its own and signed afresh. It counts as one, and succeeds where one of the two does.
    /// </summary>
    public static EmulatorDeliveryFault Duplicate() => new() { Kind = FaultKind.Duplicate };

    /// <summary>
    /// The attempt is held back until one of a later delivery to the same endpoint has ended, or for a minute of the emulator's clock where none comes.
    /// </summary>
    public static EmulatorDeliveryFault Reorder() => new() { Kind = FaultKind.Reorder, AttemptDelay = MaxReorderDelay };

    /// <summary>The attempt is made later. It is signed then, so that its timestamp is in order.</summary>
    /// <param name="delay">By how much, on the emulator's clock: zero or more, 365 days at most.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative or too long.</exception>
    public static EmulatorDeliveryFault Delay(TimeSpan delay)
    {
        ThrowIfOutOfRange(delay, nameof(delay));
        return new EmulatorDeliveryFault { Kind = FaultKind.Delay, AttemptDelay = delay };
    }

    /// <summary>The attempt has the signature of an earlier time, which is genuine and stale.</summary>
    /// <param name="age">How old: zero or more, 365 days at most; null for ten minutes, twice what the contract tolerates.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative or too long.</exception>
    public static EmulatorDeliveryFault UseStaleTimestamp(TimeSpan? age = null)
    {
        ThrowIfOutOfRange(age ?? DefaultAge, nameof(age));
        return new EmulatorDeliveryFault { Kind = FaultKind.UseStaleTimestamp, Age = age ?? DefaultAge };
    }

    /// <summary>The attempt is signed with a secret that nobody knows.</summary>
    public static EmulatorDeliveryFault UseInvalidSignature() => new() { Kind = FaultKind.UseInvalidSignature };

    /// <summary>The attempt is recorded as failed, and nothing is sent.</summary>
    public static EmulatorDeliveryFault Drop() => new() { Kind = FaultKind.Drop };

    /// <summary>The attempt announces the whole length of its body, and the connection ends after some bytes of it.</summary>
    /// <param name="bytes">How many bytes of the body are sent: zero or more, never all of them; null for half.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public static EmulatorDeliveryFault Truncate(int? bytes = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes ?? 0, nameof(bytes));
        return new EmulatorDeliveryFault { Kind = FaultKind.Truncate, Bytes = bytes };
    }

    private static void ThrowIfOutOfRange(TimeSpan time, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(time, MaxTime, name);
    }
}
