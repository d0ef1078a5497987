using NodeData.Emulator.Tests.Doubles;

namespace NodeData.Emulator.Tests.Keys;

public sealed class RevocationTests
{
    [Fact]
    public async Task Revoking_twice_gives_the_same_response()
    {
        await using var client = await EmulatorClient.StartAsync();
        var path = $"/v1/keys/{(await client.Create()).Member("id")}";

        var first = await client.Send("DELETE", path);
        client.Emulator.Clock.Advance(TimeSpan.FromMinutes(5));
        var second = await client.Send("DELETE", path);

        Assert.Equal("revoked", first.Member("status"));
        Assert.NotNull(first.Member("revoked_at"));
        Assert.Equal((first.Status, first.Text), (second.Status, second.Text));
        Assert.Equal(first.Text, (await client.Send("GET", path)).Text);
    }

    [Fact]
    public async Task A_key_can_be_revoked_by_its_text()
    {
        await using var client = await EmulatorClient.StartAsync();
        var created = await client.Create();
        var body = $$"""{"key":"{{created.Member("secret")}}"}""";

        var first = await client.Send("POST", "/v1/keys/revoke", body);
        var second = await client.Send("POST", "/v1/keys/revoke", body);

        Assert.Equal("revoked", first.Member("status"));
        Assert.Equal(created.Member("id"), first.Member("id"));
        Assert.Equal((first.Status, first.Text), (second.Status, second.Text));
        (await client.Send("GET", "/v1/me", key: created.Member("secret"))).AssertError(401, "invalid_key");
    }

    [Theory]
    [InlineData("""{"key":"nd_test_thisoneisnotknown0001"}""", 404, "not_found", null)]
    [InlineData("""{"key":"nd_live_thisoneisnotknown0001"}""", 403, "mode_mismatch", null)]
    [InlineData("""{"key":"whsec_test_0123456789abcdef"}""", 400, "validation_failed", "key")]
    [InlineData("""{"key":7}""", 400, "validation_failed", "key")]
    [InlineData("{}", 400, "validation_failed", "key")]
    [InlineData("[]", 400, "validation_failed", null)]
    public async Task An_invalid_revocation_is_rejected(string body, int status, string code, string? field)
    {
        await using var client = await EmulatorClient.StartAsync();

        (await client.Send("POST", "/v1/keys/revoke", body)).AssertError(status, code, field);
    }

    [Fact]
    public async Task A_key_of_the_other_mode_is_not_revoked_by_its_text()
    {
        await using var client = await EmulatorClient.StartAsync();

        (await client.Send("POST", "/v1/keys/revoke", $$"""{"key":"{{client.LiveKey}}"}""")).AssertError(403, "mode_mismatch");

        Assert.Equal(200, (await client.Send("GET", "/v1/me", key: client.LiveKey)).Status);
    }
}
