namespace NodeData.Emulator;

/// <summary>A fault that is injected into an attempt of a webhook delivery. Created by the factory methods. Immutable.</summary>
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

    /// <summary>The delay of the attempt; null if it is made immediately.</summary>
    internal TimeSpan? AttemptDelay { get; private init; }

    internal TimeSpan Age { get; private init; }

    internal int? Bytes { get; private init; }

    /// <summary>
    /// Sends the attempt twice at the same time, on separate connections with separate signatures. It counts as one attempt, and succeeds if either request
    /// does.
    /// </summary>
    /// <returns>The fault.</returns>
    public static EmulatorDeliveryFault Duplicate() => new() { Kind = FaultKind.Duplicate };

    /// <summary>
    /// Delays the attempt until an attempt of a later delivery to the same endpoint has finished, for at most one minute on the emulator's clock.
    /// </summary>
    /// <returns>The fault.</returns>
    public static EmulatorDeliveryFault Reorder() => new() { Kind = FaultKind.Reorder, AttemptDelay = MaxReorderDelay };

    /// <summary>Delays the attempt. It is signed when it is made, so its timestamp is current.</summary>
    /// <param name="delay">The delay on the emulator's clock: zero to 365 days.</param>
    /// <returns>The fault.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative or too long.</exception>
    public static EmulatorDeliveryFault Delay(TimeSpan delay)
    {
        ThrowIfOutOfRange(delay, nameof(delay));
        return new EmulatorDeliveryFault { Kind = FaultKind.Delay, AttemptDelay = delay };
    }

    /// <summary>Signs the attempt with an earlier timestamp: the signature is valid but stale.</summary>
    /// <param name="age">The age of the timestamp: zero to 365 days; null for ten minutes, twice the tolerance of the contract.</param>
    /// <returns>The fault.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative or too long.</exception>
    public static EmulatorDeliveryFault UseStaleTimestamp(TimeSpan? age = null)
    {
        ThrowIfOutOfRange(age ?? DefaultAge, nameof(age));
        return new EmulatorDeliveryFault { Kind = FaultKind.UseStaleTimestamp, Age = age ?? DefaultAge };
    }

    /// <summary>Signs the attempt with a random secret.</summary>
    /// <returns>The fault.</returns>
    public static EmulatorDeliveryFault UseInvalidSignature() => new() { Kind = FaultKind.UseInvalidSignature };

    /// <summary>Records the attempt as failed without sending anything.</summary>
    /// <returns>The fault.</returns>
    public static EmulatorDeliveryFault Drop() => new() { Kind = FaultKind.Drop };

    /// <summary>Truncates the body of the attempt and closes the connection; <c>Content-Length</c> states the full length.</summary>
    /// <param name="bytes">The number of body bytes to send: zero or more; null for half. The last byte is never sent.</param>
    /// <returns>The fault.</returns>
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
