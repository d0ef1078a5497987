using System.IO.Compression;
using System.Text;
using NodeData.Sdk.Tests.Doubles;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Tests.Http.Hostile;

/// <summary>
/// Sends invalid and malicious responses over real sockets to each call, sync and async. Each call must fail with a NodeDataException in bounded time.
/// </summary>
public sealed class HostileResponseTests
{
    private static readonly Dictionary<string, Func<NodeClient, CallStyle, Task>> Calls = new()
    {
        ["me"] = (node, callStyle) => node.GetMe(callStyle),
        ["create"] = (node, callStyle) => node.CreateKey(callStyle, new CreateApiKeyOptions("x") { IdempotencyKey = "once" }),
        ["get"] = (node, callStyle) => node.GetKey(callStyle, "key_1"),
        ["list"] = (node, callStyle) => node.ListKeys(callStyle),
        ["revoke"] = (node, callStyle) => node.RevokeKey(callStyle, "key_1"),
        ["revoke by key"] = (node, callStyle) => node.RevokeKey(callStyle, TestClients.TestKey),
        ["event types"] = (node, callStyle) => node.GetEventTypes(callStyle),
        ["list endpoints"] = (node, callStyle) => node.ListEndpoints(callStyle),
        ["create endpoint"] = (node, callStyle) =>
            node.CreateEndpoint(callStyle, new CreateWebhookEndpointOptions("https://shop.example") { IdempotencyKey = "once" }),
        ["get endpoint"] = (node, callStyle) => node.GetEndpoint(callStyle, "we_1"),
        ["update endpoint"] = (node, callStyle) =>
            node.UpdateEndpoint(callStyle, "we_1", new UpdateWebhookEndpointOptions { IsEnabled = true }),
        ["delete endpoint"] = (node, callStyle) => node.DeleteEndpoint(callStyle, "we_1"),
        ["deliveries"] = (node, callStyle) => node.GetDeliveries(callStyle, "we_1"),
    };

    private static readonly Dictionary<string, Func<ReceivedRequest, Task>> Responses = new()
    {
        ["closed before a response"] = request => Run(request.Close),
        ["reset before a response"] = request => Run(request.Reset),
        ["reset in the status line"] = async request => await RunAfter(request.WriteAsync("HTTP/1.1 20"), request.Reset),
        ["reset in the headers"] = async request => await RunAfter(request.WriteAsync("HTTP/1.1 200 OK\r\nContent-Le"), request.Reset),
        ["reset in the body"] = async request =>
            await RunAfter(request.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"id\":"), request.Reset),
        ["truncated in the body"] = async request =>
            await RunAfter(request.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"id\":"), request.Close),
        ["truncated in a chunk"] = async request =>
            await RunAfter(request.WriteAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n20\r\n{\"id\":"), request.Close),
        ["ended early without an error"] = async request =>
            await RunAfter(request.WriteAsync("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{\"id\":"), request.Close),
        ["not HTTP"] = async request => await RunAfter(request.WriteAsync("\0\u0001 garbage garbage garbage\r\n\r\n"), request.Close),
        ["an invalid chunk size"] = async request =>
            await RunAfter(request.WriteAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n"), request.Close),
        ["endless headers"] = SendEndlessHeaders,
        ["a gigabyte of content"] = request => SendEndlessBody(request, "HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n"),
        ["the largest content length"] = request =>
            SendEndlessBody(request, "HTTP/1.1 200 OK\r\nContent-Length: 9223372036854775807\r\n\r\n"),
        ["an endless body"] = request => SendEndlessBody(request, "HTTP/1.1 200 OK\r\n\r\n"),
        ["a compression bomb"] = SendCompressionBomb,
        ["invalid compression"] = request => request.RespondAsync(200, "this is not gzip", "Content-Encoding: gzip"),
        ["deep JSON"] = request => request.RespondAsync(200, new string('[', 10_000)),
        ["deep JSON in a member"] = request =>
            request.RespondAsync(200, $$"""{"id":"x","items":[],"deep":{{new string('[', 1_000)}}{{new string(']', 1_000)}}}"""),
        ["wrong types"] = request =>
            request.RespondAsync(200, """{"id":7,"name":[],"mode":{},"scopes":"all","items":7,"created_at":false}"""),
        ["dates in the year 0"] = request =>
            request.RespondAsync(
                200,
                """{"id":"x","created_at":"0000-00-00T00:00:00Z","items":[{"id":"y","created_at":"0000-00-00T00:00:00Z"}]}"""
            ),
        ["a repeated cursor"] = request => request.RespondAsync(200, """{"items":[{"id":"x"}],"next_cursor":"c","has_more":true}"""),
        ["an invalid error body"] = request =>
            request.RespondAsync(500, """{"error":{"code":7,"message":{},"field":[]},"retry_after_seconds":"soon"}""", "Retry-After: -1"),
        ["a very long Retry-After"] = request => request.RespondAsync(503, "{}", "Retry-After: 99999999999"),
        ["an unknown status"] = request => request.RespondAsync(299, ""),
        ["a status out of range"] = async request =>
            await RunAfter(request.WriteAsync("HTTP/1.1 999 What\r\nContent-Length: 0\r\n\r\n"), request.Close),
        ["a redirect to another host"] = request => request.RespondAsync(307, "", "Location: http://example.invalid/"),
    };

    public static TheoryData<string> ResponseNames => [.. Responses.Keys];

    [Theory]
    [MemberData(nameof(ResponseNames))]
    public async Task Each_call_fails_with_a_NodeDataException_in_bounded_time(string responseName)
    {
        foreach (var (call, send) in Calls.Where(call => !IsHarmless(call.Key, responseName)))
        {
            foreach (var callStyle in Enum.GetValues<CallStyle>())
            {
                await using var server = new ScriptedServer(Responses[responseName]);
                var node = TestClients.Create(server.BaseAddress, configure: options => options.MaxResponseBytes = 1024 * 1024);
                var failing = Assert.ThrowsAnyAsync<NodeDataException>(() =>
                    Task.Run(() => send(node, callStyle), TestContext.Current.CancellationToken)
                );

                var failure = await failing.WaitAsync(Poll.Timeout, TestContext.Current.CancellationToken);

                node.Dispose();
                await Poll.UntilAsync(() => server.OpenConnections == 0, $"{call}: a connection was left open.");
                Assert.False(failure is NodeDataConfigurationException, $"{call}: {failure.Message}");
                // Three attempts; where a connection closes before the first byte of a response, the HTTP stack retries each of them up to three times.
                Assert.InRange(server.Requests.Count, 1, 12);
            }
        }
    }

    [Fact]
    public async Task A_body_that_trickles_byte_by_byte_is_read()
    {
        await using var server = new ScriptedServer(async request =>
        {
            foreach (
                var character in $"HTTP/1.1 200 OK\r\nContent-Length: {TestClients.AccountJson.Length}\r\n\r\n{TestClients.AccountJson}"
            )
            {
                await request.WriteAsync($"{character}");
            }
        });
        using var node = TestClients.Create(server.BaseAddress);

        Assert.Equal("Ada", (await node.GetMe(CallStyle.Async)).Name);
        Assert.Equal("Ada", (await node.GetMe(CallStyle.Sync)).Name);
    }

    // The latest deliveries are a single page; a cursor is ignored.
    private static bool IsHarmless(string call, string responseName) => (call, responseName) is ("deliveries", "a repeated cursor");

    private static Task Run(Action action)
    {
        action();
        return Task.CompletedTask;
    }

    private static async Task RunAfter(Task first, Action then)
    {
        await first;
        then();
    }

    private static async Task SendEndlessBody(ReceivedRequest request, string head)
    {
        await request.WriteAsync(head);
        var block = new string(' ', 64 * 1024);
        while (true)
        {
            await request.WriteAsync(block);
        }
    }

    private static async Task SendEndlessHeaders(ReceivedRequest request)
    {
        await request.WriteAsync("HTTP/1.1 200 OK\r\n");
        var header = $"X-Endless: {new string('x', 1000)}\r\n";
        while (true)
        {
            await request.WriteAsync(header);
        }
    }

    private static async Task SendCompressionBomb(ReceivedRequest request)
    {
        using var bomb = new MemoryStream();
        using (var gzip = new GZipStream(bomb, CompressionLevel.Fastest, leaveOpen: true))
        {
            var zeros = Encoding.UTF8.GetBytes(new string(' ', 1024 * 1024));
            for (var i = 0; i < 20; i++)
            {
                gzip.Write(zeros);
            }
        }

        await request.WriteAsync($"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {bomb.Length}\r\n\r\n");
        await request.WriteAsync(bomb.ToArray());
    }
}
