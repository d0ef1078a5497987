using NodeData.Emulator.Clock;

namespace NodeData.Emulator;

/// <summary>
/// The clock of an emulator: the time of <see cref="EmulatorOptions.TimeProvider"/> plus all calls of <see cref="Advance"/>. Every time in the emulator is
/// based on it: expiration, rate limits, creation, last use, retention of idempotency keys, injected delays. Pass it to the client and the webhook verifier as
/// well, so that a test advances all of them together. This type is thread-safe.
/// </summary>
public sealed class EmulatorClock : TimeProvider
{
    private static readonly TimeSpan MaxAdvance = TimeSpan.FromDays(36_525);

    private readonly TimeProvider _timeProvider;
    private readonly object _gate = new();
    private readonly HashSet<EmulatorTimer> _activeTimers = [];
    private long _offset;
    private long _advanced;

    internal EmulatorClock(TimeProvider timeProvider) => _timeProvider = timeProvider;

    /// <summary>The difference between this clock and the underlying time provider: the sum of all advances since the start or the last reset.</summary>
    public TimeSpan Offset => new(Interlocked.Read(ref _offset));

    /// <summary>
    /// The number of active timers: timeouts and retry delays of a client, and injected delays. Before it advances the clock, a test can wait until the
    /// expected timer is active.
    /// </summary>
    public int ActiveTimerCount
    {
        get
        {
            lock (_gate)
            {
                return _activeTimers.Count;
            }
        }
    }

    /// <summary>Occurs on the calling thread at the end of each advance.</summary>
    internal event Action? Advanced;

    /// <inheritdoc/>
    public override long TimestampFrequency => _timeProvider.TimestampFrequency;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => _timeProvider.LocalTimeZone;

    /// <summary>Gets the UTC time of the underlying time provider plus <see cref="Offset"/>.</summary>
    /// <returns>The UTC time of this clock.</returns>
    public override DateTimeOffset GetUtcNow() => _timeProvider.GetUtcNow() + Offset;

    /// <summary>
    /// Gets the timestamp of the underlying time provider plus all advances. It never decreases: a reset of the emulator affects the UTC time, but not
    /// timestamps and timers.
    /// </summary>
    /// <returns>The timestamp of this clock.</returns>
    public override long GetTimestamp() => _timeProvider.GetTimestamp() + ToTimestamp(new TimeSpan(Interlocked.Read(ref _advanced)));

    /// <summary>
    /// Creates a timer that fires when this clock reaches its due time, by passing time or by <see cref="Advance"/>. If an advance spans several periods of a
    /// periodic timer, the timer fires once, and again one period later.
    /// </summary>
    /// <param name="callback">The callback.</param>
    /// <param name="state">The argument of the callback.</param>
    /// <param name="dueTime">The time until the first invocation; <see cref="Timeout.InfiniteTimeSpan"/> to leave the timer inactive.</param>
    /// <param name="period">The time between invocations; zero or <see cref="Timeout.InfiniteTimeSpan"/> for a single invocation.</param>
    /// <returns>The timer.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A time is negative or longer than 4,294,967,294 milliseconds.</exception>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new EmulatorTimer(this, _timeProvider, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>
    /// Advances the UTC time, timestamps and timers. Timers that become due fire on the calling thread, in the order of their due times, before this method
    /// returns.
    /// </summary>
    /// <param name="delta">The time to advance by: zero or more, at most 100 years for all advances together.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative, or all advances together exceed 100 years.</exception>
    public void Advance(TimeSpan delta)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delta, TimeSpan.Zero);
        EmulatorTimer[] timers;
        lock (_gate)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(delta, MaxAdvance - new TimeSpan(_advanced));
            Interlocked.Add(ref _advanced, delta.Ticks);
            Interlocked.Add(ref _offset, delta.Ticks);
            timers = [.. _activeTimers];
        }

        foreach (var timer in timers.OrderBy(timer => timer.Due))
        {
            timer.FireIfDue();
        }

        Advanced?.Invoke();
    }

    internal void ResetOffset() => Interlocked.Exchange(ref _offset, 0);

    internal long ToTimestamp(TimeSpan span) => (long)((Int128)span.Ticks * TimestampFrequency / TimeSpan.TicksPerSecond);

    internal void Track(EmulatorTimer timer)
    {
        lock (_gate)
        {
            _activeTimers.Add(timer);
        }
    }

    internal void Untrack(EmulatorTimer timer)
    {
        lock (_gate)
        {
            _activeTimers.Remove(timer);
        }
    }
}
