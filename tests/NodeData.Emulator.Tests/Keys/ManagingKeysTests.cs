using NodeData.Emulator.Tests.Doubles;

namespace NodeData.Emulator.Tests.Keys;

public sealed class ManagingKeysTests
{
    [Theory]
    [InlineData("POST", "/v1/keys", """{"name":"a","mode":"test"}""")]
    [InlineData("GET", "/v1/keys", null)]
    [InlineData("GET", "/v1/keys/{id}", null)]
    [InlineData("DELETE", "/v1/keys/{id}", null)]
    [InlineData("POST", "/v1/keys/revoke", """{"key":"{key}"}""")]
    public async Task A_restricted_key_cannot_manage_keys(string method, string path, string? body)
    {
        await using var client = await EmulatorClient.StartAsync();
        var restricted = await client.CreateRestricted();
        var other = await client.Create();
        var id = other.Member("id")!;

        var response = await client.Send(
            method,
            path.Replace("{id}", id, StringComparison.Ordinal),
            body?.Replace("{key}", other.Member("secret"), StringComparison.Ordinal),
            restricted
        );

        response.AssertError(403, "scope_required");
        Assert.Equal("active", (await client.Send("GET", $"/v1/keys/{id}")).Member("status"));
        Assert.Equal(200, (await client.Send("GET", "/v1/me", key: restricted)).Status);
    }

    [Fact]
    public async Task A_key_creates_only_keys_of_its_mode()
    {
        await using var client = await EmulatorClient.StartAsync();

        (await client.Send("POST", "/v1/keys", """{"name":"a","mode":"live"}""")).AssertError(403, "mode_mismatch");
        (await client.Send("POST", "/v1/keys", """{"name":"a","mode":"test"}""", client.LiveKey)).AssertError(403, "mode_mismatch");

        Assert.DoesNotContain("a", await client.ListKeyNames());
        Assert.DoesNotContain("a", await client.ListKeyNames(client.LiveKey));
    }

    [Fact]
    public async Task Keys_of_the_other_mode_do_not_exist()
    {
        await using var client = await EmulatorClient.StartAsync();
        var live = await client.Create("live one", "live", client.LiveKey);
        var path = $"/v1/keys/{live.Member("id")}";

        (await client.Send("GET", path)).AssertError(404, "not_found");
        (await client.Send("DELETE", path)).AssertError(404, "not_found");

        Assert.DoesNotContain("live one", await client.ListKeyNames());
        Assert.Equal("active", (await client.Send("GET", path, key: client.LiveKey)).Member("status"));
    }

    [Fact]
    public async Task An_unknown_id_is_not_found()
    {
        await using var client = await EmulatorClient.StartAsync();

        (await client.Send("GET", "/v1/keys/key_unknown")).AssertError(404, "not_found");
        (await client.Send("DELETE", "/v1/keys/a%2Fb%20c%3F%C3%A9")).AssertError(404, "not_found");
    }

    [Fact]
    public async Task The_status_of_an_expired_key_is_expired()
    {
        await using var client = await EmulatorClient.StartAsync();
        var expiry = client.Emulator.Clock.GetUtcNow().AddHours(1).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'");
        var path = $"/v1/keys/{(await client.Create(more: $",\"expires_at\":\"{expiry}\"")).Member("id")}";
        Assert.Equal("active", (await client.Send("GET", path)).Member("status"));

        client.Emulator.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal("expired", (await client.Send("GET", path)).Member("status"));
        Assert.Equal("revoked", (await client.Send("DELETE", path)).Member("status"));
    }

    [Fact]
    public async Task The_last_use_is_the_time_of_the_last_request_with_the_key()
    {
        await using var client = await EmulatorClient.StartAsync();
        var created = await client.Create();
        var path = $"/v1/keys/{created.Member("id")}";
        Assert.Null((await client.Send("GET", path)).Member("last_used_at"));

        await client.Send("GET", "/v1/me", key: created.Member("secret"));
        var first = (await client.Send("GET", path)).Member("last_used_at");
        client.Emulator.Clock.Advance(TimeSpan.FromHours(2));
        await client.Send("GET", "/v1/me", key: created.Member("secret"));
        var second = (await client.Send("GET", path)).Member("last_used_at");

        var moved = DateTimeOffset.Parse(second!) - DateTimeOffset.Parse(first!);
        Assert.Equal(TimeSpan.FromHours(2), moved);
    }
}
