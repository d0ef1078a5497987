using NodeData.Emulator.Tests.Doubles;

namespace NodeData.Emulator.Tests.Clock;

public sealed class ResetTests
{
    [Fact]
    public async Task A_reset_restores_the_initial_state()
    {
        await using var client = await EmulatorClient.StartAsync(
            new EmulatorOptions
            {
                Seed = """{"keys":[{"key":"nd_test_seeded0001","id":"key_ci"}]}""",
                TimeProvider = FrozenTimeProvider.Instance,
            }
        );
        var before = await client.ListKeyNames();
        var created = await client.Create();
        await client.Send("POST", "/v1/keys", """{"name":"remembered","mode":"test"}""", null, ("Idempotency-Key", "one"));
        await client.Send("DELETE", "/v1/keys/key_ci");
        client.Emulator.Clock.Advance(TimeSpan.FromDays(400));
        client.Emulator.Faults.Enqueue("*", EmulatorFault.RespondWith(500), 5);

        await client.Emulator.ResetAsync(TestContext.Current.CancellationToken);

        Assert.Empty(client.Emulator.Requests);
        Assert.Equal(TimeSpan.Zero, client.Emulator.Clock.Offset);
        Assert.Equal(before, await client.ListKeyNames());
        Assert.Equal("active", (await client.Send("GET", "/v1/keys/key_ci")).Member("status"));
        Assert.Equal(200, (await client.Send("GET", "/v1/me", key: "nd_test_seeded0001")).Status);
        Assert.Equal(200, (await client.Send("GET", "/v1/me", key: client.LiveKey)).Status);
        (await client.Send("GET", "/v1/me", key: created.Member("secret"))).AssertError(401, "invalid_key");
        (await client.Send("POST", "/v1/keys", "{}", null, ("Idempotency-Key", "one"))).AssertError(400, "validation_failed", "name");
    }

    [Fact]
    public async Task A_reset_resets_the_rate_limits_and_restores_a_revoked_starting_key()
    {
        await using var client = await EmulatorClient.StartAsync();
        for (var i = 0; i < 121; i++)
        {
            await client.Send("PUT", "/v1/me");
        }

        var id = (await client.Send("GET", "/v1/me", key: client.LiveKey)).Json.GetProperty("key").GetProperty("id").GetString();
        Assert.Equal(200, (await client.Send("DELETE", $"/v1/keys/{id}", key: client.LiveKey)).Status);

        await client.Emulator.ResetAsync(TestContext.Current.CancellationToken);

        Assert.Equal("119", (await client.Create()).Header("X-RateLimit-Remaining"));
        Assert.Equal(200, (await client.Send("GET", "/v1/me", key: client.LiveKey)).Status);
    }

    [Fact]
    public async Task The_account_stays_the_same()
    {
        await using var client = await EmulatorClient.StartAsync();
        var before = (await client.Send("GET", "/v1/me")).Member("id");

        await client.Emulator.ResetAsync(TestContext.Current.CancellationToken);

        Assert.Equal(before, (await client.Send("GET", "/v1/me")).Member("id"));
    }
}
