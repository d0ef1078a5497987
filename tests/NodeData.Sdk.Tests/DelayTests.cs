using Microsoft.Extensions.Time.Testing;

namespace NodeData.Sdk.Tests;

public sealed class DelayTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_delay_below_a_millisecond_is_not_skipped()
    {
        var clock = new FakeTimeProvider();
        var moment = clock.GetUtcNow() + TimeSpan.FromTicks(1);

        var delay = Delay.UntilAsync(moment, TimeSpan.FromHours(1), clock, Token);

        Assert.False(delay.IsCompleted);
        clock.Advance(TimeSpan.FromMilliseconds(1));
        await delay;
    }

    [Fact]
    public async Task The_delay_is_capped_and_a_past_moment_completes_at_once()
    {
        var clock = new FakeTimeProvider();
        var moment = clock.GetUtcNow() + TimeSpan.FromDays(1);

        var delay = Delay.UntilAsync(moment, TimeSpan.FromHours(1), clock, Token);
        clock.Advance(TimeSpan.FromMinutes(59));
        Assert.False(delay.IsCompleted);
        clock.Advance(TimeSpan.FromMinutes(1));
        await delay;

        Assert.True(Delay.UntilAsync(clock.GetUtcNow(), TimeSpan.FromHours(1), clock, Token).IsCompletedSuccessfully);
    }
}
