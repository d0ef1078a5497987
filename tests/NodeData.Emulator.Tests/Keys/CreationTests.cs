using NodeData.Emulator.Tests.Doubles;

namespace NodeData.Emulator.Tests.Keys;

public sealed class CreationTests
{
    [Fact]
    public async Task A_new_key_is_shown_whole_and_works()
    {
        await using var wire = await Wire.OpenAsync();

        var reply = await wire.Create("ci", more: ""","scopes":["models:read"],"expires_at":"2090-01-31T12:00:00+02:00","unknown":1""");

        Assert.Equal(201, reply.Status);
        Assert.StartsWith("key_", reply.Member("id"), StringComparison.Ordinal);
        Assert.Equal("ci", reply.Member("name"));
        Assert.Equal("test", reply.Member("mode"));
        Assert.Equal("models:read", Assert.Single(reply.Json.GetProperty("scopes").EnumerateArray()).GetString());
        Assert.Equal("active", reply.Member("status"));
        Assert.Equal("2090-01-31T10:00:00Z", reply.Member("expires_at"));
        Assert.Null(reply.Member("revoked_at"));
        var secret = reply.Member("secret")!;
        Assert.Matches("^nd_test_[A-Za-z0-9]{20,}$", secret);
        Assert.Equal($"nd_test_…{secret[^4..]}", reply.Member("hint"));
        Assert.Equal(200, (await wire.Send("GET", "/v1/me", key: secret)).Status);
    }

    [Fact]
    public async Task The_secret_is_never_shown_again()
    {
        await using var wire = await Wire.OpenAsync();
        var created = await wire.Create();
        var path = $"/v1/keys/{created.Member("id")}";

        Reply[] later =
        [
            await wire.Send("GET", path),
            await wire.Send("GET", "/v1/keys"),
            await wire.Send("GET", "/v1/me", key: created.Member("secret")),
            await wire.Send("DELETE", path),
            await wire.Send("POST", "/v1/keys/revoke", $$"""{"key":"{{created.Member("secret")}}"}"""),
        ];

        Assert.All(later, reply => Assert.Equal(200, reply.Status));
        Assert.All(later, reply => Assert.DoesNotContain("\"secret\"", reply.Text, StringComparison.Ordinal));
        Assert.All(later, reply => Assert.DoesNotContain(created.Member("secret")!, reply.Text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"mode":"test"}""", "name")]
    [InlineData("""{"name":null,"mode":"test"}""", "name")]
    [InlineData("""{"name":"","mode":"test"}""", "name")]
    [InlineData("""{"name":1,"mode":"test"}""", "name")]
    [InlineData("""{"name":["a"],"mode":"test"}""", "name")]
    [InlineData("""{"name":"\ud800","mode":"test"}""", "name")]
    [InlineData("""{"name":"a"}""", "mode")]
    [InlineData("""{"name":"a","mode":"Test"}""", "mode")]
    [InlineData("""{"name":"a","mode":"sandbox"}""", "mode")]
    [InlineData("""{"name":"a","mode":true}""", "mode")]
    [InlineData("""{"name":"a","mode":"test","scopes":"models:read"}""", "scopes")]
    [InlineData("""{"name":"a","mode":"test","scopes":[1]}""", "scopes")]
    [InlineData("""{"name":"a","mode":"test","scopes":[null]}""", "scopes")]
    [InlineData("""{"name":"a","mode":"test","scopes":["models:read","models:fly"]}""", "scopes")]
    [InlineData("""{"name":"a","mode":"test","scopes":["MODELS:READ"]}""", "scopes")]
    [InlineData("""{"name":"a","mode":"test","expires_at":1}""", "expires_at")]
    [InlineData("""{"name":"a","mode":"test","expires_at":"tomorrow"}""", "expires_at")]
    [InlineData("""{"name":"a","mode":"test","expires_at":"2090-01-31"}""", "expires_at")]
    [InlineData("""{"name":"a","mode":"test","expires_at":"2090-01-31T12:00:00"}""", "expires_at")]
    [InlineData("""{"name":"a","mode":"test","expires_at":"2090-02-30T12:00:00Z"}""", "expires_at")]
    [InlineData("""{"name":"a","mode":"test","expires_at":"2001-01-31T12:00:00Z"}""", "expires_at")]
    [InlineData("[]", null)]
    [InlineData("\"text\"", null)]
    [InlineData("null", null)]
    [InlineData("{\"name\":\"a\",", null)]
    [InlineData("name=a&mode=test", null)]
    [InlineData("", null)]
    public async Task A_wrong_creation_is_refused_naming_the_field_and_makes_nothing(string body, string? field)
    {
        await using var wire = await Wire.OpenAsync();
        var before = await wire.Names();

        (await wire.Send("POST", "/v1/keys", body)).IsRefusal(400, "validation_failed", field);

        Assert.Equal(before, await wire.Names());
    }

    [Theory]
    [InlineData("a", 100)]
    [InlineData("\U0001F511", 100)]
    public async Task A_name_has_up_to_a_hundred_characters(string character, int most)
    {
        await using var wire = await Wire.OpenAsync();
        var longest = string.Concat(Enumerable.Repeat(character, most));

        Assert.Equal(longest, (await wire.Create(longest)).Member("name"));
        var tooLong = await wire.Send("POST", "/v1/keys", $$"""{"name":"{{longest + character}}","mode":"test"}""");

        tooLong.IsRefusal(400, "validation_failed", "name");
    }

    [Fact]
    public async Task A_body_holds_a_mebibyte_at_most()
    {
        await using var wire = await Wire.OpenAsync();
        var body = """{"name":"large","mode":"test"}""";

        var largest = await wire.Send("POST", "/v1/keys", body.PadRight(1024 * 1024));
        // The server does not read what it refuses: a client that sends it all the same may find the connection ended instead.
        var tooLarge = await wire.Send("POST", "/v1/keys", body.PadRight(1024 * 1024 + 1), null, ("Expect", "100-continue"));

        Assert.Equal(201, largest.Status);
        tooLarge.IsRefusal(413, "request_too_large");
        Assert.Single(await wire.Names(), name => name == "large");
    }
}
