using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using NodeData.Sdk.Tests.Doubles;

namespace NodeData.Sdk.Tests.Http.Raw;

/// <summary>Calls that the client does not describe.</summary>
public sealed partial class EscapeHatchTests
{
    [Theory]
    [InlineData("models", "/v1/models")]
    [InlineData("/models", "/v1/models")]
    [InlineData("models/mdl_1/download?limit=5&cursor=a%2Fb", "/v1/models/mdl_1/download?limit=5&cursor=a%2Fb")]
    [InlineData("models/a%2Fb%20c%3F%C3%A9", "/v1/models/a%2Fb%20c%3F%C3%A9")]
    [InlineData("models/mdl:1", "/v1/models/mdl:1")]
    public async Task A_path_arrives_as_it_was_given(string path, string arrived)
    {
        await using var server = new ScriptedServer(request => request.AnswerAsync(200, "{}"));
        using var node = Clients.Of(server.BaseAddress);

        foreach (var door in Enum.GetValues<Door>())
        {
            await node.Send(door, HttpMethod.Get, path);
        }

        Assert.All(server.Requests, request => Assert.StartsWith($"GET {arrived} HTTP/1.1\r\n", request.Text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("https://elsewhere.example/me")]
    [InlineData("//elsewhere.example/me")]
    [InlineData("/%2Felsewhere.example")]
    [InlineData("a//b")]
    [InlineData("me:80")]
    [InlineData("..")]
    [InlineData("../admin")]
    [InlineData("models/../../admin")]
    [InlineData("models/%2e%2e/%2e%2e/admin")]
    [InlineData("models/%252e%252e/admin")]
    [InlineData("models/..%2fadmin")]
    [InlineData("models/./x")]
    [InlineData("models/")]
    [InlineData("models\\x")]
    [InlineData("models/%5cx")]
    [InlineData("models#x")]
    [InlineData("models/a b")]
    [InlineData("models/a\nb")]
    [InlineData("models/a%0Ab")]
    [InlineData("keys/nd_live_oldkey1234")]
    [InlineData("keys/ND_LIVE_oldkey1234")]
    [InlineData("keys/nd%5Flive%5Foldkey1234")]
    [InlineData("keys/nd%255Flive%255Foldkey1234")]
    [InlineData("keys?q=nd_test_x")]
    [InlineData("hooks?secret=whsec_x")]
    [InlineData("keys/%25252525252541")]
    public async Task A_path_that_leads_elsewhere_or_holds_a_secret_is_refused_before_anything_is_sent(string path)
    {
        await using var server = new ScriptedServer(request => request.AnswerAsync(200, "{}"));
        using var node = Clients.Of(server.BaseAddress);

        foreach (var door in Enum.GetValues<Door>())
        {
            var error = await Assert.ThrowsAnyAsync<ArgumentException>(() => node.Send(door, HttpMethod.Get, path));
            Assert.DoesNotContain("oldkey", error.ToString(), StringComparison.Ordinal);
        }

        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Each_kind_of_body_arrives_as_its_very_bytes()
    {
        await using var server = new ScriptedServer(request => request.AnswerAsync(200, "{}"));
        using var node = Clients.Of(server.BaseAddress);

        await node.Send(Door.Sync, HttpMethod.Post, "x", """{"a":1}"""u8.ToArray());
        await node.Send(Door.Async, HttpMethod.Put, "x", new JsonObject { ["a"] = 1 });
        await node.Send(Door.Async, HttpMethod.Patch, "x", NodeRequestBody.FromValue(new Thing(1), ThingJson.Default.Thing));
        await node.Send(Door.Sync, HttpMethod.Post, "x");

        Assert.All(
            server.Requests.Take(3),
            request =>
            {
                Assert.EndsWith("\r\n\r\n{\"a\":1}", request.Text, StringComparison.Ordinal);
                Assert.Contains("Content-Type: application/json\r\n", request.Text, StringComparison.Ordinal);
            }
        );
        Assert.EndsWith("\r\n\r\n", server.Requests.Last().Text, StringComparison.Ordinal);
    }

    [Theory]
    [ThroughBothDoors]
    public async Task An_answer_has_everything_that_came(Door door)
    {
        await using var server = new ScriptedServer(request =>
            request.AnswerAsync(
                202,
                """{"a":7}""",
                "x-request-id: req_7",
                "X-RateLimit-Remaining: 9",
                "X-RateLimit-Reset: 30",
                "X-Many: a",
                "X-Many: b",
                "Content-Type: application/json"
            )
        );
        var clock = new SkippingClock();
        using var node = Clients.Of(server.BaseAddress, clock);

        var answer = await node.Send(door, HttpMethod.Get, "x");

        Assert.Equal(HttpStatusCode.Accepted, answer.Status);
        Assert.Equal("req_7", answer.RequestId);
        Assert.Equal(new RateLimit(9, clock.GetUtcNow().AddSeconds(30)), answer.RateLimit);
        Assert.Equal("a, b", answer.Headers["x-many"]);
        Assert.Equal("application/json", answer.Headers["content-type"]);
        Assert.Equal("""{"a":7}""", Encoding.UTF8.GetString(answer.Body.Span));
        Assert.Equal(7, answer.Read(ThingJson.Default.Thing)!.A);
        Assert.Equal(7, answer.ReadNode()!["a"]!.GetValue<int>());
        Assert.Equal("202 Accepted (req_7)", answer.ToString());
    }

    [Fact]
    public async Task An_answer_without_a_body_is_fine_until_it_is_read()
    {
        await using var server = new ScriptedServer(request => request.WriteAsync("HTTP/1.1 204 No Content\r\n\r\n"));
        using var node = Clients.Of(server.BaseAddress);

        var answer = await node.Send(Door.Async, HttpMethod.Delete, "x");

        Assert.Equal(HttpStatusCode.NoContent, answer.Status);
        Assert.Throws<NodeDataResponseFormatException>(() => answer.ReadNode());
        Assert.Throws<NodeDataResponseFormatException>(() => answer.Read(ThingJson.Default.Thing));
    }

    [Theory]
    [InlineData("")]
    [InlineData("with space")]
    [InlineData("line\nbreak")]
    [InlineData("schl\u00fcssel")]
    public async Task An_idempotency_key_that_no_header_can_carry_is_refused(string idempotencyKey)
    {
        using var node = Clients.Of(new Uri("http://127.0.0.1:1/v1"));

        await Assert.ThrowsAnyAsync<ArgumentException>(() => node.Send(Door.Async, HttpMethod.Post, "x", idempotencyKey: idempotencyKey));
        Assert.ThrowsAny<ArgumentException>(() => new CreateApiKeyOptions("x") { IdempotencyKey = idempotencyKey });
        Assert.ThrowsAny<ArgumentException>(() => new CreateApiKeyOptions("x") { IdempotencyKey = new string('k', 256) });
    }

    internal sealed record Thing(int A);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(Thing))]
    internal sealed partial class ThingJson : JsonSerializerContext;
}
