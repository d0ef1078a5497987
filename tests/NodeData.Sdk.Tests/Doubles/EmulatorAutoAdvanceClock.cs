using System.Collections.Concurrent;
using NodeData.Emulator;

namespace NodeData.Sdk.Tests.Doubles;

/// <summary>
/// The clock of an emulator's client: each delay completes at once and advances the emulator's clock by its duration. Timeouts never elapse.
/// </summary>
internal sealed class EmulatorAutoAdvanceClock(EmulatorClock clock) : TimeProvider
{
    public ConcurrentQueue<TimeSpan> Delays { get; } = new();

    /// <summary>Invoked when a delay completes.</summary>
    public Action<TimeSpan>? DelayCompleted { get; set; }

    public override long TimestampFrequency => clock.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

    public override long GetTimestamp() => clock.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (state is not CancellationTokenSource && dueTime != Timeout.InfiniteTimeSpan)
        {
            Delays.Enqueue(dueTime);
            clock.Advance(dueTime);
            ThreadPool.QueueUserWorkItem(_ =>
            {
                DelayCompleted?.Invoke(dueTime);
                callback(state);
            });
        }

        return new NoOpTimer();
    }

    private sealed class NoOpTimer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose() { }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
