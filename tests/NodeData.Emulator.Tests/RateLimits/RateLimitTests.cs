using System.Globalization;
using NodeData.Emulator.Tests.Doubles;

namespace NodeData.Emulator.Tests.RateLimits;

public sealed class RateLimitTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_121st_write_of_a_minute_does_nothing_and_says_when_to_come_again()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var caller = new Caller(emulator);
        for (var left = 119; left >= 0; left--)
        {
            Assert.Equal(left.ToString(CultureInfo.InvariantCulture), (await caller.CreateAsync()).Headers["X-RateLimit-Remaining"]);
        }

        var refused = await caller.CreateAsync("one too many");

        Assert.Equal((429, "rate_limited"), (refused.Status, refused.Code));
        Assert.Equal("0", refused.Headers["X-RateLimit-Remaining"]);
        Assert.InRange(int.Parse(refused.Headers["Retry-After"], CultureInfo.InvariantCulture), 1, 60);
        var reset = DateTimeOffset.FromUnixTimeSeconds(long.Parse(refused.Headers["X-RateLimit-Reset"], CultureInfo.InvariantCulture));
        Assert.InRange(reset - emulator.Clock.GetUtcNow(), TimeSpan.Zero, TimeSpan.FromSeconds(61));
        Assert.DoesNotContain("one too many", (await caller.GetAsync("/keys?limit=100")).Body, StringComparison.Ordinal);

        using var other = caller.With(emulator.LiveKey);
        Assert.Equal(201, (await other.CreateAsync(mode: "live")).Status);
        emulator.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(201, (await caller.CreateAsync()).Status);
    }

    [Fact]
    public async Task The_1001st_read_of_a_minute_is_refused()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var caller = new Caller(emulator);
        for (var i = 0; i < 1000; i++)
        {
            Assert.Equal(200, (await caller.GetAsync("/me")).Status);
        }

        Assert.Equal(429, (await caller.GetAsync("/me")).Status);
        Assert.Equal(201, (await caller.CreateAsync()).Status);
    }

    [Fact]
    public async Task Without_limits_nothing_is_counted()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(new EmulatorOptions { RateLimits = false }, Token);
        using var caller = new Caller(emulator);
        for (var i = 0; i < 130; i++)
        {
            Assert.Equal(201, (await caller.CreateAsync()).Status);
        }

        Assert.False((await caller.GetAsync("/me")).Headers.ContainsKey("X-RateLimit-Remaining"));
    }
}
