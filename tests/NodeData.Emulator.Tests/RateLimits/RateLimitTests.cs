using System.Globalization;
using NodeData.Emulator.Tests.Doubles;

namespace NodeData.Emulator.Tests.RateLimits;

public sealed class RateLimitTests
{
    [Fact]
    public async Task The_121st_write_of_a_minute_is_refused_and_does_no_work()
    {
        await using var wire = await Wire.OpenAsync();
        await Send(wire, 119, "POST", "/v1/keys", "{}");
        Assert.Equal("0", (await wire.Create("the last")).Header("X-RateLimit-Remaining"));

        var refused = await wire.Send("POST", "/v1/keys", """{"name":"one too many","mode":"test"}""");

        refused.IsRefusal(429, "rate_limited");
        Assert.InRange(int.Parse(refused.Header("Retry-After")!, CultureInfo.InvariantCulture), 1, 60);
        Assert.Equal("0", refused.Header("X-RateLimit-Remaining"));
        Assert.Equal(["the last"], (await wire.Names())[..1]);
    }

    [Fact]
    public async Task The_1001st_read_of_a_minute_is_refused_and_writes_go_on()
    {
        await using var wire = await Wire.OpenAsync();
        await Send(wire, 1_000, "GET", "/v1/me");

        (await wire.Send("GET", "/v1/me")).IsRefusal(429, "rate_limited");

        await wire.Create();
    }

    [Fact]
    public async Task Each_key_has_a_limit_of_its_own()
    {
        await using var wire = await Wire.OpenAsync();
        var other = (await wire.Create()).Member("secret");
        await Send(wire, 119, "POST", "/v1/keys", "{}");
        (await wire.Send("POST", "/v1/keys", "{}")).IsRefusal(429, "rate_limited");

        var reply = await wire.Create(key: other);

        Assert.Equal("119", reply.Header("X-RateLimit-Remaining"));
    }

    [Fact]
    public async Task A_new_minute_begins_when_the_clock_has_moved_on()
    {
        await using var wire = await Wire.OpenAsync();
        await Send(wire, 120, "POST", "/v1/keys", "{}");
        var refused = await wire.Send("POST", "/v1/keys", "{}");
        refused.IsRefusal(429, "rate_limited");

        wire.Emulator.Clock.Advance(TimeSpan.FromSeconds(int.Parse(refused.Header("Retry-After")!, CultureInfo.InvariantCulture)));

        Assert.Equal("119", (await wire.Create()).Header("X-RateLimit-Remaining"));
    }

    [Fact]
    public async Task Answers_tell_what_is_left_and_when_it_begins_anew()
    {
        await using var wire = await Wire.OpenAsync();
        var now = wire.Emulator.Clock.GetUtcNow().ToUnixTimeSeconds();

        var first = await wire.Send("GET", "/v1/me");
        var second = await wire.Send("GET", "/v1/unknown");
        var write = await wire.Send("POST", "/v1/keys", "{}");

        Assert.Equal(["999", "998", "119"], new[] { first, second, write }.Select(reply => reply.Header("X-RateLimit-Remaining")));
        Assert.InRange(long.Parse(first.Header("X-RateLimit-Reset")!, CultureInfo.InvariantCulture), now + 60, now + 61);
    }

    [Fact]
    public async Task Without_limits_nothing_is_refused_or_counted()
    {
        await using var wire = await Wire.OpenAsync(new EmulatorOptions { EnforceRateLimits = false });
        await Send(wire, 121, "POST", "/v1/keys", "{}");

        Assert.Null((await wire.Create()).Header("X-RateLimit-Remaining"));
    }

    private static async Task Send(Wire wire, int count, string method, string path, string? body = null)
    {
        for (var i = 0; i < count; i++)
        {
            Assert.NotEqual(429, (await wire.Send(method, path, body)).Status);
        }
    }
}
