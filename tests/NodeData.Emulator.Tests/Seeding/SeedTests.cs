using NodeData.Emulator.Tests.Doubles;

namespace NodeData.Emulator.Tests.Seeding;

public sealed class SeedTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Seeded_keys_have_their_ids_texts_scopes_and_times()
    {
        const string seed = """
            {"keys":[
              {"key":"nd_test_reader0001","id":"key_reader","name":"reader","scopes":["models:read"],"expires_at":"2999-01-01T00:00:00Z"},
              {"key":"nd_live_gone0001","id":"key_gone","revoked_at":"2020-01-01T00:00:00Z"}
            ]}
            """;
        await using var emulator = await NodeDataEmulator.StartAsync(new EmulatorOptions { Seed = seed }, Token);
        using var caller = new Caller(emulator);
        using var reader = caller.With("nd_test_reader0001");
        using var gone = caller.With("nd_live_gone0001");

        var shown = await caller.GetAsync("/keys/key_reader");
        Assert.Equal(("reader", "2999-01-01T00:00:00Z"), (shown["name"], shown["expires_at"]));
        Assert.Equal("key_reader", (await reader.GetAsync("/me")).Json.GetProperty("key").GetProperty("id").GetString());
        Assert.Equal("scope_required", (await reader.GetAsync("/keys")).Code);
        Assert.Equal(401, (await gone.GetAsync("/me")).Status);
    }

    [Theory]
    [InlineData("{", "no JSON")]
    [InlineData("[]", "no list called keys")]
    [InlineData("""{"keys":[{"key":"nd_test_a"},{"key":"secret-text"}]}""", "keys[1]")]
    [InlineData("""{"keys":[{"key":"nd_test_a","scopes":["robots:drive"]}]}""", "scopes")]
    [InlineData("""{"keys":[{"key":"nd_test_a","expires_at":"soon"}]}""", "expires_at")]
    [InlineData("""{"keys":[7]}""", "keys[0]")]
    public async Task A_wrong_seed_says_where(string seed, string said)
    {
        var error = await Assert.ThrowsAsync<EmulatorStartException>(() =>
            NodeDataEmulator.StartAsync(new EmulatorOptions { Seed = seed }, Token)
        );

        Assert.Contains(said, error.Message, StringComparison.Ordinal);
        Assert.Contains("--seed", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-text", error.Message, StringComparison.Ordinal);
    }
}
