using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using NodeData.Sdk.Tests.Doubles;

namespace NodeData.Sdk.Tests.Http.Raw;

/// <summary>Tests calls to endpoints that the client has no method for.</summary>
public sealed partial class RawCallTests
{
    [Theory]
    [InlineData("models", "/v1/models")]
    [InlineData("/models", "/v1/models")]
    [InlineData("models/mdl_1/download?limit=5&cursor=a%2Fb", "/v1/models/mdl_1/download?limit=5&cursor=a%2Fb")]
    [InlineData("models/a%2Fb%20c%3F%C3%A9", "/v1/models/a%2Fb%20c%3F%C3%A9")]
    [InlineData("models/mdl:1", "/v1/models/mdl:1")]
    public async Task A_path_is_sent_as_it_was_given(string path, string sent)
    {
        await using var server = new ScriptedServer(request => request.RespondAsync(200, "{}"));
        using var node = TestClients.Create(server.BaseAddress);

        foreach (var callStyle in Enum.GetValues<CallStyle>())
        {
            await node.Send(callStyle, HttpMethod.Get, path);
        }

        Assert.All(server.Requests, request => Assert.StartsWith($"GET {sent} HTTP/1.1\r\n", request.Text, StringComparison.Ordinal));
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
    public async Task A_path_outside_the_base_address_or_with_a_secret_is_rejected_before_anything_is_sent(string path)
    {
        await using var server = new ScriptedServer(request => request.RespondAsync(200, "{}"));
        using var node = TestClients.Create(server.BaseAddress);

        foreach (var callStyle in Enum.GetValues<CallStyle>())
        {
            var error = await Assert.ThrowsAnyAsync<ArgumentException>(() => node.Send(callStyle, HttpMethod.Get, path));
            Assert.DoesNotContain("oldkey", error.ToString(), StringComparison.Ordinal);
        }

        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Each_kind_of_body_is_sent_byte_for_byte()
    {
        await using var server = new ScriptedServer(request => request.RespondAsync(200, "{}"));
        using var node = TestClients.Create(server.BaseAddress);

        await node.Send(CallStyle.Sync, HttpMethod.Post, "x", """{"a":1}"""u8.ToArray());
        await node.Send(CallStyle.Async, HttpMethod.Put, "x", new JsonObject { ["a"] = 1 });
        await node.Send(CallStyle.Async, HttpMethod.Patch, "x", NodeRequestBody.FromValue(new Thing(1), ThingJson.Default.Thing));
        await node.Send(CallStyle.Sync, HttpMethod.Post, "x");

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
    [SyncAndAsync]
    public async Task A_response_has_the_status_the_headers_and_the_body(CallStyle callStyle)
    {
        await using var server = new ScriptedServer(request =>
            request.RespondAsync(
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
        var clock = new AutoAdvanceClock();
        using var node = TestClients.Create(server.BaseAddress, clock);

        var response = await node.Send(callStyle, HttpMethod.Get, "x");

        Assert.Equal(HttpStatusCode.Accepted, response.Status);
        Assert.Equal("req_7", response.RequestId);
        Assert.Equal(new RateLimit(9, clock.GetUtcNow().AddSeconds(30)), response.RateLimit);
        Assert.Equal("a, b", response.Headers["x-many"]);
        Assert.Equal("application/json", response.Headers["content-type"]);
        Assert.Equal("""{"a":7}""", Encoding.UTF8.GetString(response.Body.Span));
        Assert.Equal(7, response.Read(ThingJson.Default.Thing)!.A);
        Assert.Equal(7, response.ReadJsonNode()!["a"]!.GetValue<int>());
        Assert.Equal("202 Accepted (req_7)", response.ToString());
    }

    [Fact]
    public async Task A_response_without_a_body_fails_only_when_it_is_read()
    {
        await using var server = new ScriptedServer(request => request.WriteAsync("HTTP/1.1 204 No Content\r\n\r\n"));
        using var node = TestClients.Create(server.BaseAddress);

        var response = await node.Send(CallStyle.Async, HttpMethod.Delete, "x");

        Assert.Equal(HttpStatusCode.NoContent, response.Status);
        Assert.Throws<NodeDataResponseFormatException>(() => response.ReadJsonNode());
        Assert.Throws<NodeDataResponseFormatException>(() => response.Read(ThingJson.Default.Thing));
    }

    [Theory]
    [InlineData("")]
    [InlineData("with space")]
    [InlineData("line\nbreak")]
    [InlineData("schl\u00fcssel")]
    public async Task An_idempotency_key_that_is_not_a_header_value_is_rejected(string idempotencyKey)
    {
        using var node = TestClients.Create(new Uri("http://127.0.0.1:1/v1"));

        await Assert.ThrowsAnyAsync<ArgumentException>(() =>
            node.Send(CallStyle.Async, HttpMethod.Post, "x", idempotencyKey: idempotencyKey)
        );
        Assert.ThrowsAny<ArgumentException>(() => new CreateApiKeyOptions("x") { IdempotencyKey = idempotencyKey });
        Assert.ThrowsAny<ArgumentException>(() => new CreateApiKeyOptions("x") { IdempotencyKey = new string('k', 256) });
    }

    internal sealed record Thing(int A);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(Thing))]
    internal sealed partial class ThingJson : JsonSerializerContext;
}
