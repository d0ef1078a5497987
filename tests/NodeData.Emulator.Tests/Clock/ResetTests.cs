using NodeData.Emulator.Tests.Doubles;

namespace NodeData.Emulator.Tests.Clock;

public sealed class ResetTests
{
    [Fact]
    public async Task A_reset_puts_everything_back()
    {
        await using var wire = await Wire.OpenAsync(
            new EmulatorOptions { Seed = """{"keys":[{"key":"nd_test_seeded0001","id":"key_ci"}]}""", TimeProvider = StandingTime.Instance }
        );
        var before = await wire.Names();
        var made = await wire.Create();
        await wire.Send("POST", "/v1/keys", """{"name":"remembered","mode":"test"}""", null, ("Idempotency-Key", "one"));
        await wire.Send("DELETE", "/v1/keys/key_ci");
        wire.Emulator.Clock.Advance(TimeSpan.FromDays(400));
        wire.Emulator.Faults.Enqueue("*", EmulatorFault.RespondWith(500), 5);

        await wire.Emulator.ResetAsync(TestContext.Current.CancellationToken);

        Assert.Empty(wire.Emulator.Requests);
        Assert.Equal(TimeSpan.Zero, wire.Emulator.Clock.Offset);
        Assert.Equal(before, await wire.Names());
        Assert.Equal("active", (await wire.Send("GET", "/v1/keys/key_ci")).Member("status"));
        Assert.Equal(200, (await wire.Send("GET", "/v1/me", key: "nd_test_seeded0001")).Status);
        Assert.Equal(200, (await wire.Send("GET", "/v1/me", key: wire.LiveKey)).Status);
        (await wire.Send("GET", "/v1/me", key: made.Member("secret"))).IsRefusal(401, "invalid_key");
        (await wire.Send("POST", "/v1/keys", "{}", null, ("Idempotency-Key", "one"))).IsRefusal(400, "validation_failed", "name");
    }

    [Fact]
    public async Task A_reset_begins_the_limits_anew_and_brings_a_revoked_starting_key_back()
    {
        await using var wire = await Wire.OpenAsync();
        for (var i = 0; i < 121; i++)
        {
            await wire.Send("PUT", "/v1/me");
        }

        var id = (await wire.Send("GET", "/v1/me", key: wire.LiveKey)).Json.GetProperty("key").GetProperty("id").GetString();
        Assert.Equal(200, (await wire.Send("DELETE", $"/v1/keys/{id}", key: wire.LiveKey)).Status);

        await wire.Emulator.ResetAsync(TestContext.Current.CancellationToken);

        Assert.Equal("119", (await wire.Create()).Header("X-RateLimit-Remaining"));
        Assert.Equal(200, (await wire.Send("GET", "/v1/me", key: wire.LiveKey)).Status);
    }

    [Fact]
    public async Task The_account_stays_the_same()
    {
        await using var wire = await Wire.OpenAsync();
        var before = (await wire.Send("GET", "/v1/me")).Member("id");

        await wire.Emulator.ResetAsync(TestContext.Current.CancellationToken);

        Assert.Equal(before, (await wire.Send("GET", "/v1/me")).Member("id"));
    }
}
