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
    public async Task A_restricted_key_manages_nothing(string method, string path, string? body)
    {
        await using var wire = await Wire.OpenAsync();
        var restricted = await wire.CreateRestricted();
        var other = await wire.Create();
        var id = other.Member("id")!;

        var reply = await wire.Send(
            method,
            path.Replace("{id}", id, StringComparison.Ordinal),
            body?.Replace("{key}", other.Member("secret"), StringComparison.Ordinal),
            restricted
        );

        reply.IsRefusal(403, "scope_required");
        Assert.Equal("active", (await wire.Send("GET", $"/v1/keys/{id}")).Member("status"));
        Assert.Equal(200, (await wire.Send("GET", "/v1/me", key: restricted)).Status);
    }

    [Fact]
    public async Task A_key_makes_keys_of_its_own_mode_only()
    {
        await using var wire = await Wire.OpenAsync();

        (await wire.Send("POST", "/v1/keys", """{"name":"a","mode":"live"}""")).IsRefusal(403, "mode_mismatch");
        (await wire.Send("POST", "/v1/keys", """{"name":"a","mode":"test"}""", wire.LiveKey)).IsRefusal(403, "mode_mismatch");

        Assert.DoesNotContain("a", await wire.Names());
        Assert.DoesNotContain("a", await wire.Names(wire.LiveKey));
    }

    [Fact]
    public async Task Keys_of_the_other_mode_do_not_exist()
    {
        await using var wire = await Wire.OpenAsync();
        var live = await wire.Create("live one", "live", wire.LiveKey);
        var path = $"/v1/keys/{live.Member("id")}";

        (await wire.Send("GET", path)).IsRefusal(404, "not_found");
        (await wire.Send("DELETE", path)).IsRefusal(404, "not_found");

        Assert.DoesNotContain("live one", await wire.Names());
        Assert.Equal("active", (await wire.Send("GET", path, key: wire.LiveKey)).Member("status"));
    }

    [Fact]
    public async Task An_unknown_id_is_not_found()
    {
        await using var wire = await Wire.OpenAsync();

        (await wire.Send("GET", "/v1/keys/key_unknown")).IsRefusal(404, "not_found");
        (await wire.Send("DELETE", "/v1/keys/a%2Fb%20c%3F%C3%A9")).IsRefusal(404, "not_found");
    }

    [Fact]
    public async Task The_status_tells_that_a_key_has_expired()
    {
        await using var wire = await Wire.OpenAsync();
        var expiry = wire.Emulator.Clock.GetUtcNow().AddHours(1).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'");
        var path = $"/v1/keys/{(await wire.Create(more: $",\"expires_at\":\"{expiry}\"")).Member("id")}";
        Assert.Equal("active", (await wire.Send("GET", path)).Member("status"));

        wire.Emulator.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal("expired", (await wire.Send("GET", path)).Member("status"));
        Assert.Equal("revoked", (await wire.Send("DELETE", path)).Member("status"));
    }

    [Fact]
    public async Task The_last_use_is_the_time_of_the_last_request_with_the_key()
    {
        await using var wire = await Wire.OpenAsync();
        var created = await wire.Create();
        var path = $"/v1/keys/{created.Member("id")}";
        Assert.Null((await wire.Send("GET", path)).Member("last_used_at"));

        await wire.Send("GET", "/v1/me", key: created.Member("secret"));
        var first = (await wire.Send("GET", path)).Member("last_used_at");
        wire.Emulator.Clock.Advance(TimeSpan.FromHours(2));
        await wire.Send("GET", "/v1/me", key: created.Member("secret"));
        var second = (await wire.Send("GET", path)).Member("last_used_at");

        var moved = DateTimeOffset.Parse(second!) - DateTimeOffset.Parse(first!);
        Assert.Equal(TimeSpan.FromHours(2), moved);
    }
}
