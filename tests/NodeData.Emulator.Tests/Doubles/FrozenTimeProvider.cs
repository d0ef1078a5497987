namespace NodeData.Emulator.Tests.Doubles;

/// <summary>
/// A frozen time provider: an emulator's clock advances only when a test advances it, so that on a slow machine no retry becomes due and no window ends
/// unexpectedly.
/// </summary>
internal sealed class FrozenTimeProvider : TimeProvider
{
    public static readonly FrozenTimeProvider Instance = new();

    // Whole seconds, which every time format preserves.
    private readonly DateTimeOffset _now = DateTimeOffset.FromUnixTimeSeconds(System.GetUtcNow().ToUnixTimeSeconds());

    public override DateTimeOffset GetUtcNow() => _now;

    public override long GetTimestamp() => 0;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new FrozenTimer(System.CreateTimer(callback, state, OnlyIfImmediate(dueTime), Timeout.InfiniteTimeSpan));

    private static TimeSpan OnlyIfImmediate(TimeSpan dueTime) => dueTime == TimeSpan.Zero ? dueTime : Timeout.InfiniteTimeSpan;

    private sealed class FrozenTimer(ITimer timer) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(OnlyIfImmediate(dueTime), Timeout.InfiniteTimeSpan);

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
