namespace NodeData.Sdk.RotationProgram;

/// <summary>
/// A clock on which every wait completes at once and no other time passes; timeouts are real. So each run passes the same points, however slow the machine is.
/// </summary>
internal sealed class ImmediateTimeProvider : TimeProvider
{
    private readonly DateTimeOffset _startedAt = System.GetUtcNow();
    private long _elapsed;

    public override DateTimeOffset GetUtcNow() => _startedAt + TimeSpan.FromTicks(Interlocked.Read(ref _elapsed));

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (state is CancellationTokenSource || dueTime <= TimeSpan.Zero)
        {
            return base.CreateTimer(callback, state, dueTime, period);
        }

        Interlocked.Add(ref _elapsed, dueTime.Ticks);
        return base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
