using System.Collections.Concurrent;
using NodeData.Emulator;

namespace NodeData.Sdk.Tests.Doubles;

/// <summary>
/// An emulator's clock for its client, on which every wait is over at once and moves the emulator on by as much; time limits never end.
/// </summary>
internal sealed class PassingClock(EmulatorClock clock) : TimeProvider
{
    public ConcurrentQueue<TimeSpan> Waits { get; } = new();

    /// <summary>Run at the end of each wait.</summary>
    public Action<TimeSpan>? Waited { get; set; }

    public override long TimestampFrequency => clock.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

    public override long GetTimestamp() => clock.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (state is not CancellationTokenSource && dueTime != Timeout.InfiniteTimeSpan)
        {
            Waits.Enqueue(dueTime);
            clock.Advance(dueTime);
            ThreadPool.QueueUserWorkItem(_ =>
            {
                Waited?.Invoke(dueTime);
                callback(state);
            });
        }

        return new Timer();
    }

    private sealed class Timer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose() { }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
