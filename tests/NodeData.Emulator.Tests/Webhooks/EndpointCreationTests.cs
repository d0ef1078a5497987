using System.Text.Json;
using NodeData.Emulator.Tests.Doubles;

namespace NodeData.Emulator.Tests.Webhooks;

public sealed class EndpointCreationTests
{
    private const string Path = "/v1/webhook_endpoints";

    [Fact]
    public async Task A_new_endpoint_is_returned_completely()
    {
        await using var client = await EmulatorClient.StartAsync();

        var response = await client.Send(
            "POST",
            Path,
            """{"url":"https://example.com/hook?a=1","events":["payout.paid","listing.purchased","payout.paid"],"description":"Books","unknown":1}"""
        );

        Assert.Equal(201, response.Status);
        Assert.StartsWith("we_", response.Member("id"), StringComparison.Ordinal);
        Assert.Equal("https://example.com/hook?a=1", response.Member("url"));
        Assert.Equal(["payout.paid", "listing.purchased"], GetEvents(response.Json));
        Assert.Equal("Books", response.Member("description"));
        Assert.True(response.Json.GetProperty("enabled").GetBoolean());
        Assert.EndsWith("Z", response.Member("created_at"), StringComparison.Ordinal);
        Assert.Matches("^whsec_test_[A-Za-z0-9]{32}$", response.Member("secret"));
    }

    [Fact]
    public async Task The_secret_has_the_mode_and_is_never_returned_again()
    {
        await using var client = await EmulatorClient.StartAsync();
        var created = await client.CreateEndpoint(key: client.LiveKey);
        var path = $"{Path}/{created.Member("id")}";

        ApiResponse[] later =
        [
            await client.Send("GET", path, key: client.LiveKey),
            await client.Send("GET", Path, key: client.LiveKey),
            await client.Send("PATCH", path, """{"enabled":false}""", client.LiveKey),
            await client.Send("GET", $"{path}/events", key: client.LiveKey),
            await client.Send("DELETE", path, key: client.LiveKey),
        ];

        Assert.StartsWith("whsec_live_", created.Member("secret"), StringComparison.Ordinal);
        Assert.All(later, response => Assert.Equal(200, response.Status));
        Assert.All(later, response => Assert.DoesNotContain("secret", response.Text, StringComparison.Ordinal));
        Assert.All(later, response => Assert.DoesNotContain(created.Member("secret")![11..], response.Text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""["payout.paid","robot.moved"]""", "payout.paid")]
    [InlineData("""["PAYOUT.PAID","payout.paid "]""")]
    [InlineData("[]")]
    public async Task Unknown_event_types_are_dropped_silently(string requested, params string[] kept)
    {
        await using var client = await EmulatorClient.StartAsync();

        var response = await client.Send("POST", Path, $$"""{"url":"https://example.com","events":{{requested}}}""");

        Assert.Equal(201, response.Status);
        Assert.Equal(kept, GetEvents(response.Json));
    }

    [Theory]
    [InlineData("http://localhost:5200/hook")]
    [InlineData("http://127.0.0.1/hook")]
    [InlineData("http://[::1]:5200")]
    [InlineData("HTTPS://example.com")]
    public async Task A_URL_uses_https_or_is_local(string url)
    {
        await using var client = await EmulatorClient.StartAsync();

        Assert.Equal(url, (await client.CreateEndpoint(url)).Member("url"));
    }

    [Theory]
    [InlineData("""{"events":[]}""", "url")]
    [InlineData("""{"url":null,"events":[]}""", "url")]
    [InlineData("""{"url":1,"events":[]}""", "url")]
    [InlineData("""{"url":"","events":[]}""", "url")]
    [InlineData("""{"url":"/hook","events":[]}""", "url")]
    [InlineData("""{"url":"example.com/hook","events":[]}""", "url")]
    [InlineData("""{"url":"http://example.com/hook","events":[]}""", "url")]
    [InlineData("""{"url":"ftp://localhost/hook","events":[]}""", "url")]
    [InlineData("""{"url":"https://user:password@example.com","events":[]}""", "url")]
    [InlineData("""{"url":"https://example.com"}""", "events")]
    [InlineData("""{"url":"https://example.com","events":null}""", "events")]
    [InlineData("""{"url":"https://example.com","events":"payout.paid"}""", "events")]
    [InlineData("""{"url":"https://example.com","events":[1]}""", "events")]
    [InlineData("""{"url":"https://example.com","events":[],"description":1}""", "description")]
    [InlineData("[]", null)]
    [InlineData("nonsense", null)]
    [InlineData("", null)]
    public async Task An_invalid_creation_is_rejected_naming_the_field_and_creates_nothing(string body, string? field)
    {
        await using var client = await EmulatorClient.StartAsync();

        (await client.Send("POST", Path, body)).AssertError(400, "validation_failed", field);

        Assert.Empty((await client.Send("GET", Path)).Items);
    }

    [Theory]
    [InlineData("description", 500)]
    [InlineData("url", 2048)]
    public async Task A_text_has_a_maximum_length(string field, int maxLength)
    {
        await using var client = await EmulatorClient.StartAsync();

        Assert.Equal(201, (await Create(maxLength)).Status);
        (await Create(maxLength + 1)).AssertError(400, "validation_failed", field);

        Task<ApiResponse> Create(int length)
        {
            var url = "https://example.com/".PadRight(field == "url" ? length : 0, 'x');
            var description = new string('x', field == "description" ? length : 0);
            return client.Send("POST", Path, $$"""{"url":"{{url}}","events":[],"description":"{{description}}"}""");
        }
    }

    [Fact]
    public async Task The_same_request_with_an_idempotency_key_creates_one_endpoint_and_returns_its_secret_again()
    {
        await using var client = await EmulatorClient.StartAsync();
        var header = ("Idempotency-Key", "one");

        var first = await client.Send("POST", Path, """{"url":"https://example.com","events":[]}""", null, header);
        var second = await client.Send("POST", Path, """{"url":"https://example.com","events":[]}""", null, header);
        var other = await client.Send("POST", Path, """{"url":"https://example.org","events":[]}""", null, header);

        Assert.Equal((201, first.Text), (second.Status, second.Text));
        other.AssertError(409, "idempotency_conflict");
        Assert.Single((await client.Send("GET", Path)).Items);
    }

    private static IEnumerable<string?> GetEvents(JsonElement endpoint) =>
        endpoint.GetProperty("events").EnumerateArray().Select(item => item.GetString());
}
