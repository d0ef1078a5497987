using Microsoft.Extensions.Time.Testing;

namespace NodeData.Sdk.Tests;

public sealed class PauseTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_shorter_than_a_millisecond_is_waited_for_too()
    {
        var clock = new FakeTimeProvider();
        var moment = clock.GetUtcNow() + TimeSpan.FromTicks(1);

        var pause = Pause.UntilAsync(moment, TimeSpan.FromHours(1), clock, Token);

        Assert.False(pause.IsCompleted);
        clock.Advance(TimeSpan.FromMilliseconds(1));
        await pause;
    }

    [Fact]
    public async Task The_longest_wait_is_kept_and_what_is_over_is_not_waited_for()
    {
        var clock = new FakeTimeProvider();
        var moment = clock.GetUtcNow() + TimeSpan.FromDays(1);

        var pause = Pause.UntilAsync(moment, TimeSpan.FromHours(1), clock, Token);
        clock.Advance(TimeSpan.FromMinutes(59));
        Assert.False(pause.IsCompleted);
        clock.Advance(TimeSpan.FromMinutes(1));
        await pause;

        Assert.True(Pause.UntilAsync(clock.GetUtcNow(), TimeSpan.FromHours(1), clock, Token).IsCompletedSuccessfully);
    }
}
