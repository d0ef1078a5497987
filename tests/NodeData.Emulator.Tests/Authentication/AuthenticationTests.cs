using NodeData.Emulator.Tests.Doubles;

namespace NodeData.Emulator.Tests.Authentication;

public sealed class AuthenticationTests
{
    [Theory]
    [InlineData("/v1")]
    [InlineData("/api/v1")]
    public async Task A_key_is_accepted_under_both_prefixes(string prefix)
    {
        await using var client = await EmulatorClient.StartAsync();

        var response = await client.Send("GET", $"{prefix}/me");

        Assert.Equal(200, response.Status);
        Assert.StartsWith("usr_", response.Member("id"), StringComparison.Ordinal);
        Assert.Equal("test", response.Json.GetProperty("key").GetProperty("mode").GetString());
        Assert.Equal(0, response.Json.GetProperty("key").GetProperty("scopes").GetArrayLength());
    }

    [Fact]
    public async Task A_request_without_a_key_is_rejected()
    {
        await using var client = await EmulatorClient.StartAsync();

        (await client.SendWithoutKey("GET", "/v1/me")).AssertError(401, "invalid_key");
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
    public async Task A_header_without_a_known_key_is_rejected(string header)
    {
        await using var client = await EmulatorClient.StartAsync();
        var authorization = header.Replace("{0}", client.TestKey, StringComparison.Ordinal);

        var response = await client.SendWithoutKey("GET", "/v1/me", headers: ("Authorization", authorization));

        response.AssertError(401, "invalid_key");
        Assert.DoesNotContain(client.TestKey, response.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_revoked_key_is_rejected()
    {
        await using var client = await EmulatorClient.StartAsync();
        var created = await client.Create();
        var key = created.Member("secret");
        Assert.Equal(200, (await client.Send("GET", "/v1/me", key: key)).Status);

        await client.Send("DELETE", $"/v1/keys/{created.Member("id")}");

        (await client.Send("GET", "/v1/me", key: key)).AssertError(401, "invalid_key");
    }

    [Fact]
    public async Task A_key_is_rejected_once_the_clock_has_reached_its_expiry()
    {
        await using var client = await EmulatorClient.StartAsync();
        var expiry = client.Emulator.Clock.GetUtcNow().AddHours(1).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'");
        var key = (await client.Create(more: $",\"expires_at\":\"{expiry}\"")).Member("secret");

        client.Emulator.Clock.Advance(TimeSpan.FromMinutes(58));
        Assert.Equal(200, (await client.Send("GET", "/v1/me", key: key)).Status);

        client.Emulator.Clock.Advance(TimeSpan.FromMinutes(2));
        (await client.Send("GET", "/v1/me", key: key)).AssertError(401, "invalid_key");
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
        await using var client = await EmulatorClient.StartAsync();

        (await client.Send("GET", path)).AssertError(404, "not_found");
    }

    [Theory]
    [InlineData("POST", "/v1/me", "GET")]
    [InlineData("PUT", "/v1/keys", "POST, GET")]
    [InlineData("PATCH", "/v1/keys/key_1", "GET, DELETE")]
    public async Task An_unsupported_method_returns_the_allowed_methods(string method, string path, string allowed)
    {
        await using var client = await EmulatorClient.StartAsync();

        var response = await client.Send(method, path);

        response.AssertError(405, "method_not_allowed");
        Assert.Equal(allowed, response.Header("Allow"));
    }
}
