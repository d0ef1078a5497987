using System.Globalization;
using NodeData.Emulator.Tests.Doubles;

namespace NodeData.Emulator.Tests.RateLimits;

public sealed class RateLimitTests
{
    [Fact]
    public async Task The_121st_write_of_a_minute_is_rejected_and_not_processed()
    {
        await using var client = await EmulatorClient.StartAsync();
        await Send(client, 119, "POST", "/v1/keys", "{}");
        Assert.Equal("0", (await client.Create("the last")).Header("X-RateLimit-Remaining"));

        var rejected = await client.Send("POST", "/v1/keys", """{"name":"one too many","mode":"test"}""");

        rejected.AssertError(429, "rate_limited");
        Assert.InRange(int.Parse(rejected.Header("Retry-After")!, CultureInfo.InvariantCulture), 1, 60);
        Assert.Equal("0", rejected.Header("X-RateLimit-Remaining"));
        Assert.Equal(["the last"], (await client.ListKeyNames())[..1]);
    }

    [Fact]
    public async Task The_1001st_read_of_a_minute_is_rejected_and_writes_are_accepted()
    {
        await using var client = await EmulatorClient.StartAsync();
        await Send(client, 1_000, "GET", "/v1/me");

        (await client.Send("GET", "/v1/me")).AssertError(429, "rate_limited");

        await client.Create();
    }

    [Fact]
    public async Task Each_key_has_its_own_limit()
    {
        await using var client = await EmulatorClient.StartAsync();
        var other = (await client.Create()).Member("secret");
        await Send(client, 119, "POST", "/v1/keys", "{}");
        (await client.Send("POST", "/v1/keys", "{}")).AssertError(429, "rate_limited");

        var response = await client.Create(key: other);

        Assert.Equal("119", response.Header("X-RateLimit-Remaining"));
    }

    [Fact]
    public async Task A_new_minute_starts_when_the_clock_has_advanced()
    {
        await using var client = await EmulatorClient.StartAsync();
        await Send(client, 120, "POST", "/v1/keys", "{}");
        var rejected = await client.Send("POST", "/v1/keys", "{}");
        rejected.AssertError(429, "rate_limited");

        client.Emulator.Clock.Advance(TimeSpan.FromSeconds(int.Parse(rejected.Header("Retry-After")!, CultureInfo.InvariantCulture)));

        Assert.Equal("119", (await client.Create()).Header("X-RateLimit-Remaining"));
    }

    [Fact]
    public async Task Responses_state_the_remaining_requests_and_the_reset_time()
    {
        await using var client = await EmulatorClient.StartAsync();
        var now = client.Emulator.Clock.GetUtcNow().ToUnixTimeSeconds();

        var first = await client.Send("GET", "/v1/me");
        var second = await client.Send("GET", "/v1/unknown");
        var write = await client.Send("POST", "/v1/keys", "{}");

        Assert.Equal(["999", "998", "119"], new[] { first, second, write }.Select(response => response.Header("X-RateLimit-Remaining")));
        Assert.InRange(long.Parse(first.Header("X-RateLimit-Reset")!, CultureInfo.InvariantCulture), now + 60, now + 61);
    }

    [Fact]
    public async Task Without_limits_nothing_is_rejected_or_counted()
    {
        await using var client = await EmulatorClient.StartAsync(new EmulatorOptions { EnforceRateLimits = false });
        await Send(client, 121, "POST", "/v1/keys", "{}");

        Assert.Null((await client.Create()).Header("X-RateLimit-Remaining"));
    }

    private static async Task Send(EmulatorClient client, int count, string method, string path, string? body = null)
    {
        for (var i = 0; i < count; i++)
        {
            Assert.NotEqual(429, (await client.Send(method, path, body)).Status);
        }
    }
}
