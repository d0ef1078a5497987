using System.Collections.Concurrent;

namespace NodeData.Sdk.Tests.Doubles;

/// <summary>
/// A clock on which each delay is recorded and completes at once, while timeouts (the timers of a <see cref="CancellationTokenSource"/>) never elapse.
/// </summary>
internal sealed class AutoAdvanceClock : TimeProvider
{
    private long _ticks = new DateTimeOffset(2026, 8, 1, 12, 0, 0, TimeSpan.Zero).Ticks;

    public ConcurrentQueue<TimeSpan> Delays { get; } = new();

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

    public override long GetTimestamp() => Interlocked.Read(ref _ticks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (state is CancellationTokenSource)
        {
            return new NoOpTimer();
        }

        Delays.Enqueue(dueTime);
        Interlocked.Add(ref _ticks, dueTime.Ticks);
        ThreadPool.QueueUserWorkItem(_ => callback(state));
        return new NoOpTimer();
    }

    private sealed class NoOpTimer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose() { }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
