using Microsoft.Extensions.Time.Testing;

namespace NodeData.Sdk.Tests.Doubles;

/// <summary>Simulates a thread that is suspended for a minute after it has read the clock: the next read returns a time one minute later.</summary>
internal sealed class SuspendedClock() : FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1_790_000_000))
{
    private int _remainingReads = int.MaxValue;

    public void SuspendAfter(int reads) => _remainingReads = reads;

    public override long GetTimestamp() =>
        base.GetTimestamp() + (Interlocked.Decrement(ref _remainingReads) < 0 ? TimeSpan.FromMinutes(1).Ticks : 0);
}
