using System.Text.Json;
using NodeData.Emulator.Tests.Doubles;

namespace NodeData.Emulator.Tests.Webhooks;

public sealed class EndpointCreationTests
{
    private const string Path = "/v1/webhook_endpoints";

    [Fact]
    public async Task A_new_endpoint_is_shown_whole()
    {
        await using var wire = await Wire.OpenAsync();

        var reply = await wire.Send(
            "POST",
            Path,
            """{"url":"https://example.com/hook?a=1","events":["payout.paid","listing.purchased","payout.paid"],"description":"Books","unknown":1}"""
        );

        Assert.Equal(201, reply.Status);
        Assert.StartsWith("we_", reply.Member("id"), StringComparison.Ordinal);
        Assert.Equal("https://example.com/hook?a=1", reply.Member("url"));
        Assert.Equal(["payout.paid", "listing.purchased"], EventsOf(reply.Json));
        Assert.Equal("Books", reply.Member("description"));
        Assert.True(reply.Json.GetProperty("enabled").GetBoolean());
        Assert.EndsWith("Z", reply.Member("created_at"), StringComparison.Ordinal);
        Assert.Matches("^whsec_test_[A-Za-z0-9]{32}$", reply.Member("secret"));
    }

    [Fact]
    public async Task The_secret_is_of_the_mode_and_never_shown_again()
    {
        await using var wire = await Wire.OpenAsync();
        var created = await wire.CreateEndpoint(key: wire.LiveKey);
        var path = $"{Path}/{created.Member("id")}";

        Reply[] later =
        [
            await wire.Send("GET", path, key: wire.LiveKey),
            await wire.Send("GET", Path, key: wire.LiveKey),
            await wire.Send("PATCH", path, """{"enabled":false}""", wire.LiveKey),
            await wire.Send("GET", $"{path}/events", key: wire.LiveKey),
            await wire.Send("DELETE", path, key: wire.LiveKey),
        ];

        Assert.StartsWith("whsec_live_", created.Member("secret"), StringComparison.Ordinal);
        Assert.All(later, reply => Assert.Equal(200, reply.Status));
        Assert.All(later, reply => Assert.DoesNotContain("secret", reply.Text, StringComparison.Ordinal));
        Assert.All(later, reply => Assert.DoesNotContain(created.Member("secret")![11..], reply.Text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""["payout.paid","robot.moved"]""", "payout.paid")]
    [InlineData("""["PAYOUT.PAID","payout.paid "]""")]
    [InlineData("[]")]
    public async Task Event_types_that_are_not_known_are_dropped_silently(string asked, params string[] kept)
    {
        await using var wire = await Wire.OpenAsync();

        var reply = await wire.Send("POST", Path, $$"""{"url":"https://example.com","events":{{asked}}}""");

        Assert.Equal(201, reply.Status);
        Assert.Equal(kept, EventsOf(reply.Json));
    }

    [Theory]
    [InlineData("http://localhost:5200/hook")]
    [InlineData("http://127.0.0.1/hook")]
    [InlineData("http://[::1]:5200")]
    [InlineData("HTTPS://example.com")]
    public async Task An_address_is_one_of_https_or_of_this_machine(string url)
    {
        await using var wire = await Wire.OpenAsync();

        Assert.Equal(url, (await wire.CreateEndpoint(url)).Member("url"));
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
    public async Task A_wrong_creation_is_refused_naming_the_field_and_makes_nothing(string body, string? field)
    {
        await using var wire = await Wire.OpenAsync();

        (await wire.Send("POST", Path, body)).IsRefusal(400, "validation_failed", field);

        Assert.Empty((await wire.Send("GET", Path)).Items);
    }

    [Theory]
    [InlineData("description", 500)]
    [InlineData("url", 2048)]
    public async Task A_text_has_its_longest_length(string field, int most)
    {
        await using var wire = await Wire.OpenAsync();

        Assert.Equal(201, (await Create(most)).Status);
        (await Create(most + 1)).IsRefusal(400, "validation_failed", field);

        Task<Reply> Create(int length)
        {
            var url = "https://example.com/".PadRight(field == "url" ? length : 0, 'x');
            var description = new string('x', field == "description" ? length : 0);
            return wire.Send("POST", Path, $$"""{"url":"{{url}}","events":[],"description":"{{description}}"}""");
        }
    }

    [Fact]
    public async Task The_same_request_under_an_idempotency_key_makes_one_endpoint_and_gives_its_secret_again()
    {
        await using var wire = await Wire.OpenAsync();
        var header = ("Idempotency-Key", "one");

        var first = await wire.Send("POST", Path, """{"url":"https://example.com","events":[]}""", null, header);
        var second = await wire.Send("POST", Path, """{"url":"https://example.com","events":[]}""", null, header);
        var other = await wire.Send("POST", Path, """{"url":"https://example.org","events":[]}""", null, header);

        Assert.Equal((201, first.Text), (second.Status, second.Text));
        other.IsRefusal(409, "idempotency_conflict");
        Assert.Single((await wire.Send("GET", Path)).Items);
    }

    private static IEnumerable<string?> EventsOf(JsonElement endpoint) =>
        endpoint.GetProperty("events").EnumerateArray().Select(item => item.GetString());
}
