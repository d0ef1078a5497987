namespace NodeData.Emulator.Clock;

/// <summary>
/// A timer of the emulator's clock. Its due time is a timestamp of that clock; a timer of the underlying time provider covers the remaining time. An advance
/// fires the timer or shortens the remaining time.
/// </summary>
internal sealed class EmulatorTimer : ITimer
{
    private static readonly TimeSpan MaxTime = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    private readonly EmulatorClock _clock;
    private readonly TimerCallback _callback;
    private readonly object? _state;
    private readonly ExecutionContext? _context = ExecutionContext.Capture();
    private readonly object _gate = new();
    private readonly ITimer _underlyingTimer;
    private TimeSpan _period;
    private long? _due;
    private bool _disposed;

    public EmulatorTimer(EmulatorClock clock, TimeProvider timeProvider, TimerCallback callback, object? state)
    {
        _clock = clock;
        _callback = callback;
        _state = state;
        _underlyingTimer = timeProvider.CreateTimer(
            static timer => ((EmulatorTimer)timer!).FireIfDue(),
            this,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan
        );
    }

    /// <summary>The timestamp of the clock at which the timer fires; <see cref="long.MaxValue"/> if it is inactive.</summary>
    public long Due
    {
        get
        {
            lock (_gate)
            {
                return _due ?? long.MaxValue;
            }
        }
    }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        ThrowIfOutOfRange(dueTime);
        ThrowIfOutOfRange(period);
        lock (_gate)
        {
            if (_disposed)
            {
                return false;
            }

            _period = period;
            Schedule(dueTime);
            return true;
        }
    }

    public void FireIfDue()
    {
        lock (_gate)
        {
            if (_disposed || _due is not { } due)
            {
                return;
            }

            if (_clock.GetTimestamp() < due)
            {
                WaitFor(due);
                return;
            }

            Schedule(_period > TimeSpan.Zero ? _period : Timeout.InfiniteTimeSpan);
        }

        Run();
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _due = null;
            _clock.Untrack(this);
        }

        _underlyingTimer.Dispose();
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return _underlyingTimer.DisposeAsync();
    }

    private void Schedule(TimeSpan dueTime)
    {
        if (dueTime == Timeout.InfiniteTimeSpan)
        {
            _due = null;
            _clock.Untrack(this);
            _underlyingTimer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            return;
        }

        // Set the due time before tracking, and compute the remaining time afterwards, so that a concurrent advance is seen either by the clock or here.
        _due = _clock.GetTimestamp() + _clock.ToTimestamp(dueTime);
        _clock.Track(this);
        WaitFor(_due.Value);
    }

    private void WaitFor(long due)
    {
        var remaining = Math.Ceiling(Math.Max(0, due - _clock.GetTimestamp()) * 1000d / _clock.TimestampFrequency);
        _underlyingTimer.Change(TimeSpan.FromMilliseconds(remaining), Timeout.InfiniteTimeSpan);
    }

    private void Run()
    {
        if (_context is null)
        {
            _callback(_state);
            return;
        }

        ExecutionContext.Run(_context, static timer => ((EmulatorTimer)timer!).RunCallback(), this);
    }

    private void RunCallback() => _callback(_state);

    private static void ThrowIfOutOfRange(TimeSpan time)
    {
        if (time != Timeout.InfiniteTimeSpan && (time < TimeSpan.Zero || time > MaxTime))
        {
            throw new ArgumentOutOfRangeException(
                nameof(time),
                time,
                "The time of a timer must be 0 to 4,294,967,294 milliseconds, or infinite."
            );
        }
    }
}
