using NodeData.Emulator.Tests.Doubles;

namespace NodeData.Emulator.Tests.Seeding;

public sealed class SeedTests
{
    private const string Seed = """
        {"keys":[
          {"key":"nd_test_seeded0001","id":"key_ci","name":"ci","scopes":["models:read"],"expires_at":"2090-01-31T12:00:00Z"},
          {"key":"nd_live_seeded0002"},
          {"key":"nd_test_seeded0003","id":"key_old","expires_at":"2020-01-31T12:00:00Z"},
          {"key":"nd_test_seeded0004","id":"key_gone","revoked_at":"2020-01-31T12:00:00Z"}
        ]}
        """;

    [Fact]
    public async Task A_seeded_key_has_the_given_id_and_properties()
    {
        await using var client = await EmulatorClient.StartAsync(new EmulatorOptions { Seed = Seed });

        var key = await client.Send("GET", "/v1/keys/key_ci");

        Assert.Equal(("ci", "test", "active"), (key.Member("name"), key.Member("mode"), key.Member("status")));
        Assert.Equal(("nd_test_…", "2090-01-31T12:00:00Z"), (key.Member("hint"), key.Member("expires_at")));
        Assert.Equal("""["models:read"]""", key.Json.GetProperty("scopes").GetRawText());
        Assert.Equal(200, (await client.Send("GET", "/v1/me", key: "nd_test_seeded0001")).Status);
        (await client.Send("GET", "/v1/keys", key: "nd_test_seeded0001")).AssertError(403, "scope_required");
    }

    [Fact]
    public async Task A_seeded_key_without_scopes_has_full_access()
    {
        await using var client = await EmulatorClient.StartAsync(new EmulatorOptions { Seed = Seed });

        await client.Create("by the seeded one", "live", "nd_live_seeded0002");
    }

    [Theory]
    [InlineData("nd_test_seeded0003", "key_old", "expired")]
    [InlineData("nd_test_seeded0004", "key_gone", "revoked")]
    public async Task A_seed_can_contain_keys_that_are_no_longer_valid(string key, string id, string status)
    {
        await using var client = await EmulatorClient.StartAsync(new EmulatorOptions { Seed = Seed });

        (await client.Send("GET", "/v1/me", key: key)).AssertError(401, "invalid_key");
        Assert.Equal(status, (await client.Send("GET", $"/v1/keys/{id}")).Member("status"));
    }

    [Theory]
    [InlineData("""{"keys":[{"key":"nd_test_a"},{}]}""", "keys[1]")]
    [InlineData("""{"keys":[7]}""", "keys[0]")]
    [InlineData("""{"keys":[{"key":"nothing"}]}""", "keys[0]")]
    [InlineData("""{"keys":[{"key":"nd_test_a","scopes":["models:fly"]}]}""", "keys[0]")]
    [InlineData("""{"keys":[{"key":"nd_test_a","expires_at":"soon"}]}""", "keys[0]")]
    [InlineData("""{"keys":[{"key":"nd_test_a","id":7}]}""", "keys[0]")]
    [InlineData("""{"keys":[{"key":"nd_test_a","id":""}]}""", "keys[0]")]
    [InlineData("""{"keys":[{"key":"nd_test_a","id":"a/b"}]}""", "keys[0]")]
    [InlineData("""{"keys":[{"key":"nd_test_a","name":"\ud800"}]}""", "keys[0]")]
    [InlineData("""{"keys":[{"key":"nd_test_a","name":""}]}""", "keys[0]")]
    [InlineData("""{"keys":[{"key":"nd_test_a","id":"key_1"},{"key":"nd_test_b","id":"key_1"}]}""", "keys[1]")]
    [InlineData("""{"keys":[{"key":"nd_test_a","id":"key_1"},{"key":"nd_test_a","id":"key_2"}]}""", "keys[1]")]
    [InlineData("""{"keys":7}""", "keys")]
    [InlineData("[]", "keys")]
    [InlineData("{\n\"keys\":", "line 2")]
    public async Task An_invalid_seed_fails_the_start_and_names_the_location(string seed, string location)
    {
        var failure = await Assert.ThrowsAsync<EmulatorStartException>(() =>
            EmulatorClient.StartAsync(new EmulatorOptions { Seed = seed })
        );

        Assert.Contains(location, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("nd_test_a", failure.Message, StringComparison.Ordinal);
    }
}
