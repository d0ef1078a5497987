using NodeData.Emulator.Tests.Doubles;

namespace NodeData.Emulator.Tests.Authentication;

public sealed class AuthenticationTests
{
    [Theory]
    [InlineData("/v1")]
    [InlineData("/api/v1")]
    public async Task A_key_is_let_in_under_both_prefixes(string prefix)
    {
        await using var wire = await Wire.OpenAsync();

        var reply = await wire.Send("GET", $"{prefix}/me");

        Assert.Equal(200, reply.Status);
        Assert.StartsWith("usr_", reply.Member("id"), StringComparison.Ordinal);
        Assert.Equal("test", reply.Json.GetProperty("key").GetProperty("mode").GetString());
        Assert.Equal(0, reply.Json.GetProperty("key").GetProperty("scopes").GetArrayLength());
    }

    [Fact]
    public async Task A_request_without_a_key_is_refused()
    {
        await using var wire = await Wire.OpenAsync();

        (await wire.SendWithoutKey("GET", "/v1/me")).IsRefusal(401, "invalid_key");
    }

    [Theory]
    [InlineData("Basic {0}")]
    [InlineData("{0}")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Bearer {0} {0}")]
    [InlineData("Bearer whsec_test_0123456789abcdef")]
    [InlineData("Bearer nd_test_")]
    [InlineData("Bearer nd_test_thisoneisnotknown0001")]
    public async Task A_header_without_a_known_key_is_refused(string header)
    {
        await using var wire = await Wire.OpenAsync();
        var authorization = header.Replace("{0}", wire.TestKey, StringComparison.Ordinal);

        var reply = await wire.SendWithoutKey("GET", "/v1/me", headers: ("Authorization", authorization));

        reply.IsRefusal(401, "invalid_key");
        Assert.DoesNotContain(wire.TestKey, reply.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_revoked_key_is_refused()
    {
        await using var wire = await Wire.OpenAsync();
        var created = await wire.Create();
        var key = created.Member("secret");
        Assert.Equal(200, (await wire.Send("GET", "/v1/me", key: key)).Status);

        await wire.Send("DELETE", $"/v1/keys/{created.Member("id")}");

        (await wire.Send("GET", "/v1/me", key: key)).IsRefusal(401, "invalid_key");
    }

    [Fact]
    public async Task A_key_is_refused_once_the_clock_has_reached_its_expiry()
    {
        await using var wire = await Wire.OpenAsync();
        var expiry = wire.Emulator.Clock.GetUtcNow().AddHours(1).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'");
        var key = (await wire.Create(more: $",\"expires_at\":\"{expiry}\"")).Member("secret");

        wire.Emulator.Clock.Advance(TimeSpan.FromMinutes(58));
        Assert.Equal(200, (await wire.Send("GET", "/v1/me", key: key)).Status);

        wire.Emulator.Clock.Advance(TimeSpan.FromMinutes(2));
        (await wire.Send("GET", "/v1/me", key: key)).IsRefusal(401, "invalid_key");
    }

    [Theory]
    [InlineData("/v1/unknown")]
    [InlineData("/v1")]
    [InlineData("/v1/keys/")]
    [InlineData("/v1/keys/key_1/more")]
    [InlineData("/v2/me")]
    [InlineData("/me")]
    [InlineData("/V1/me")]
    [InlineData("/v1/Me")]
    public async Task An_unknown_path_is_not_found(string path)
    {
        await using var wire = await Wire.OpenAsync();

        (await wire.Send("GET", path)).IsRefusal(404, "not_found");
    }

    [Theory]
    [InlineData("POST", "/v1/me", "GET")]
    [InlineData("PUT", "/v1/keys", "POST, GET")]
    [InlineData("PATCH", "/v1/keys/key_1", "GET, DELETE")]
    public async Task A_known_path_with_another_method_names_those_that_it_takes(string method, string path, string allowed)
    {
        await using var wire = await Wire.OpenAsync();

        var reply = await wire.Send(method, path);

        reply.IsRefusal(405, "method_not_allowed");
        Assert.Equal(allowed, reply.Header("Allow"));
    }
}
