using NodeData.Emulator.Tests.Doubles;

namespace NodeData.Emulator.Tests.Keys;

public sealed class RevocationTests
{
    [Fact]
    public async Task Revoking_twice_gives_the_same_answer()
    {
        await using var wire = await Wire.OpenAsync();
        var path = $"/v1/keys/{(await wire.Create()).Member("id")}";

        var first = await wire.Send("DELETE", path);
        wire.Emulator.Clock.Advance(TimeSpan.FromMinutes(5));
        var second = await wire.Send("DELETE", path);

        Assert.Equal("revoked", first.Member("status"));
        Assert.NotNull(first.Member("revoked_at"));
        Assert.Equal((first.Status, first.Text), (second.Status, second.Text));
        Assert.Equal(first.Text, (await wire.Send("GET", path)).Text);
    }

    [Fact]
    public async Task A_key_can_be_revoked_by_its_text()
    {
        await using var wire = await Wire.OpenAsync();
        var created = await wire.Create();
        var body = $$"""{"key":"{{created.Member("secret")}}"}""";

        var first = await wire.Send("POST", "/v1/keys/revoke", body);
        var second = await wire.Send("POST", "/v1/keys/revoke", body);

        Assert.Equal("revoked", first.Member("status"));
        Assert.Equal(created.Member("id"), first.Member("id"));
        Assert.Equal((first.Status, first.Text), (second.Status, second.Text));
        (await wire.Send("GET", "/v1/me", key: created.Member("secret"))).IsRefusal(401, "invalid_key");
    }

    [Theory]
    [InlineData("""{"key":"nd_test_thisoneisnotknown0001"}""", 404, "not_found", null)]
    [InlineData("""{"key":"nd_live_thisoneisnotknown0001"}""", 403, "mode_mismatch", null)]
    [InlineData("""{"key":"whsec_test_0123456789abcdef"}""", 400, "validation_failed", "key")]
    [InlineData("""{"key":7}""", 400, "validation_failed", "key")]
    [InlineData("{}", 400, "validation_failed", "key")]
    [InlineData("[]", 400, "validation_failed", null)]
    public async Task A_wrong_revocation_is_refused(string body, int status, string code, string? field)
    {
        await using var wire = await Wire.OpenAsync();

        (await wire.Send("POST", "/v1/keys/revoke", body)).IsRefusal(status, code, field);
    }

    [Fact]
    public async Task A_key_of_the_other_mode_is_not_revoked_by_its_text()
    {
        await using var wire = await Wire.OpenAsync();

        (await wire.Send("POST", "/v1/keys/revoke", $$"""{"key":"{{wire.LiveKey}}"}""")).IsRefusal(403, "mode_mismatch");

        Assert.Equal(200, (await wire.Send("GET", "/v1/me", key: wire.LiveKey)).Status);
    }
}
