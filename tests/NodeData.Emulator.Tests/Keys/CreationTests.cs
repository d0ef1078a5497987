using NodeData.Emulator.Tests.Doubles;

namespace NodeData.Emulator.Tests.Keys;

public sealed class CreationTests
{
    [Fact]
    public async Task A_new_key_is_returned_completely_and_works()
    {
        await using var client = await EmulatorClient.StartAsync();

        var response = await client.Create(
            "ci",
            more: ""","scopes":["models:read"],"expires_at":"2090-01-31T12:00:00+02:00","unknown":1"""
        );

        Assert.Equal(201, response.Status);
        Assert.StartsWith("key_", response.Member("id"), StringComparison.Ordinal);
        Assert.Equal("ci", response.Member("name"));
        Assert.Equal("test", response.Member("mode"));
        Assert.Equal("models:read", Assert.Single(response.Json.GetProperty("scopes").EnumerateArray()).GetString());
        Assert.Equal("active", response.Member("status"));
        Assert.Equal("2090-01-31T10:00:00Z", response.Member("expires_at"));
        Assert.Null(response.Member("revoked_at"));
        var secret = response.Member("secret")!;
        Assert.Matches("^nd_test_[A-Za-z0-9]{20,}$", secret);
        Assert.Equal($"nd_test_…{secret[^4..]}", response.Member("hint"));
        Assert.Equal(200, (await client.Send("GET", "/v1/me", key: secret)).Status);
    }

    [Fact]
    public async Task The_secret_is_never_returned_again()
    {
        await using var client = await EmulatorClient.StartAsync();
        var created = await client.Create();
        var path = $"/v1/keys/{created.Member("id")}";

        ApiResponse[] later =
        [
            await client.Send("GET", path),
            await client.Send("GET", "/v1/keys"),
            await client.Send("GET", "/v1/me", key: created.Member("secret")),
            await client.Send("DELETE", path),
            await client.Send("POST", "/v1/keys/revoke", $$"""{"key":"{{created.Member("secret")}}"}"""),
        ];

        Assert.All(later, response => Assert.Equal(200, response.Status));
        Assert.All(later, response => Assert.DoesNotContain("\"secret\"", response.Text, StringComparison.Ordinal));
        Assert.All(later, response => Assert.DoesNotContain(created.Member("secret")!, response.Text, StringComparison.Ordinal));
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
    public async Task An_invalid_creation_is_rejected_naming_the_field_and_creates_nothing(string body, string? field)
    {
        await using var client = await EmulatorClient.StartAsync();
        var before = await client.ListKeyNames();

        (await client.Send("POST", "/v1/keys", body)).AssertError(400, "validation_failed", field);

        Assert.Equal(before, await client.ListKeyNames());
    }

    [Theory]
    [InlineData("a", 100)]
    [InlineData("\U0001F511", 100)]
    public async Task A_name_has_up_to_a_hundred_characters(string character, int maxLength)
    {
        await using var client = await EmulatorClient.StartAsync();
        var longest = string.Concat(Enumerable.Repeat(character, maxLength));

        Assert.Equal(longest, (await client.Create(longest)).Member("name"));
        var tooLong = await client.Send("POST", "/v1/keys", $$"""{"name":"{{longest + character}}","mode":"test"}""");

        tooLong.AssertError(400, "validation_failed", "name");
    }

    [Fact]
    public async Task A_body_has_at_most_a_mebibyte()
    {
        await using var client = await EmulatorClient.StartAsync();
        var body = """{"name":"large","mode":"test"}""";

        var largest = await client.Send("POST", "/v1/keys", body.PadRight(1024 * 1024));
        // The server does not read a body that it rejects: a client that sends it anyway may see a closed connection instead.
        var tooLarge = await client.Send("POST", "/v1/keys", body.PadRight(1024 * 1024 + 1), null, ("Expect", "100-continue"));

        Assert.Equal(201, largest.Status);
        tooLarge.AssertError(413, "request_too_large");
        Assert.Single(await client.ListKeyNames(), name => name == "large");
    }
}
