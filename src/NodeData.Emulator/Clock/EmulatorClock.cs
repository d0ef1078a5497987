using NodeData.Emulator.Clock;

namespace NodeData.Emulator;

/// <summary>
/// The one clock of an emulator: the machine's time plus what <see cref="Advance"/> added. Every time in the emulator comes from it (expiry, rate
/// windows, created, last used, how long an idempotency key is remembered, delays on demand); hand it to the client and the webhook verifier too, and a
/// test moves all of them at once. Safe for use by several threads.
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

    /// <summary>How far the time of day is ahead of the machine's: the sum of all advances since the start or the last reset. Zero at first.</summary>
    public TimeSpan Offset => new(Interlocked.Read(ref _offset));

    /// <summary>
    /// How many timers wait on this clock: those of a client's time-outs, of its waits between attempts, and of delays on demand. A test that is about to
    /// advance the clock can wait until what it is to fire is there.
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

    /// <summary>Raised on the calling thread at the end of each advance.</summary>
    internal event Action? Advanced;

    /// <inheritdoc/>
    public override long TimestampFrequency => _timeProvider.TimestampFrequency;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => _timeProvider.LocalTimeZone;

    /// <summary>The machine's time of day plus <see cref="Offset"/>.</summary>
    public override DateTimeOffset GetUtcNow() => _timeProvider.GetUtcNow() + Offset;

    /// <summary>
    /// The machine's timestamp plus all advances. It never goes back: a reset of the emulator takes back the time of day and leaves timestamps and
    /// timers alone.
    /// </summary>
    public override long GetTimestamp() => _timeProvider.GetTimestamp() + ToTimestamp(new TimeSpan(Interlocked.Read(ref _advanced)));

    /// <summary>
    /// A timer on this clock: it fires when the clock reaches its time, be it by waiting or by <see cref="Advance"/>. A periodic timer that was
    /// advanced over several of its periods fires once, and then a whole period later.
    /// </summary>
    /// <param name="callback">What to run.</param>
    /// <param name="state">What to hand to the callback.</param>
    /// <param name="dueTime">How long until the first run; <see cref="Timeout.InfiniteTimeSpan"/> for not yet.</param>
    /// <param name="period">How long between runs; zero or <see cref="Timeout.InfiniteTimeSpan"/> for one run.</param>
    /// <exception cref="ArgumentOutOfRangeException">A time is negative or longer than 4,294,967,294 milliseconds.</exception>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new EmulatorTimer(this, _timeProvider, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>
    /// Moves the time of day, timestamps and timers ahead. Timers that are due by then have fired, in the order of their times and on the calling
    /// thread, when this returns.
    /// </summary>
    /// <param name="delta">How far: zero or more, 100 years in all at most.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative or too long.</exception>
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
