using System.IO.Compression;
using System.Text;
using NodeData.Sdk.Tests.Doubles;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Tests.Http.Hostile;

/// <summary>Answers that nobody should give, over real sockets, to each call through both doors: an exception of ours in bounded time, and never another.</summary>
public sealed class HostileAnswerTests
{
    private static readonly Dictionary<string, Func<NodeClient, Door, Task>> Calls = new()
    {
        ["me"] = (node, door) => node.GetMe(door),
        ["create"] = (node, door) => node.CreateKey(door, new CreateApiKeyOptions("x") { IdempotencyKey = "once" }),
        ["get"] = (node, door) => node.GetKey(door, "key_1"),
        ["list"] = (node, door) => node.ListKeys(door),
        ["revoke"] = (node, door) => node.RevokeKey(door, "key_1"),
        ["revoke by key"] = (node, door) => node.RevokeKey(door, Clients.TestKey),
        ["event types"] = (node, door) => node.GetEventTypes(door),
        ["list endpoints"] = (node, door) => node.ListEndpoints(door),
        ["create endpoint"] = (node, door) =>
            node.CreateEndpoint(door, new CreateWebhookEndpointOptions("https://shop.example") { IdempotencyKey = "once" }),
        ["get endpoint"] = (node, door) => node.GetEndpoint(door, "we_1"),
        ["update endpoint"] = (node, door) => node.UpdateEndpoint(door, "we_1", new UpdateWebhookEndpointOptions { IsEnabled = true }),
        ["delete endpoint"] = (node, door) => node.DeleteEndpoint(door, "we_1"),
        ["deliveries"] = (node, door) => node.GetDeliveries(door, "we_1"),
    };

    private static readonly Dictionary<string, Func<ServedRequest, Task>> Answers = new()
    {
        ["closed before an answer"] = request => Do(request.Close),
        ["reset before an answer"] = request => Do(request.Reset),
        ["reset in the status line"] = async request => await Then(request.WriteAsync("HTTP/1.1 20"), request.Reset),
        ["reset in the headers"] = async request => await Then(request.WriteAsync("HTTP/1.1 200 OK\r\nContent-Le"), request.Reset),
        ["reset in the body"] = async request =>
            await Then(request.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"id\":"), request.Reset),
        ["cut in the body"] = async request =>
            await Then(request.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"id\":"), request.Close),
        ["cut in a chunk"] = async request =>
            await Then(request.WriteAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n20\r\n{\"id\":"), request.Close),
        ["ended early without an error"] = async request =>
            await Then(request.WriteAsync("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{\"id\":"), request.Close),
        ["no HTTP at all"] = async request => await Then(request.WriteAsync("\0\u0001 garbage garbage garbage\r\n\r\n"), request.Close),
        ["a chunk of no size"] = async request =>
            await Then(request.WriteAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n"), request.Close),
        ["endless headers"] = EndlessHeaders,
        ["a gigabyte"] = request => Endless(request, "HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n"),
        ["a length beyond counting"] = request => Endless(request, "HTTP/1.1 200 OK\r\nContent-Length: 9223372036854775807\r\n\r\n"),
        ["a body without an end"] = request => Endless(request, "HTTP/1.1 200 OK\r\n\r\n"),
        ["a compression bomb"] = Bomb,
        ["broken compression"] = request => request.AnswerAsync(200, "this is no gzip", "Content-Encoding: gzip"),
        ["deep JSON"] = request => request.AnswerAsync(200, new string('[', 10_000)),
        ["deep JSON in a member"] = request =>
            request.AnswerAsync(200, $$"""{"id":"x","items":[],"deep":{{new string('[', 1_000)}}{{new string(']', 1_000)}}}"""),
        ["wrong types"] = request =>
            request.AnswerAsync(200, """{"id":7,"name":[],"mode":{},"scopes":"all","items":7,"created_at":false}"""),
        ["dates of the year 0"] = request =>
            request.AnswerAsync(
                200,
                """{"id":"x","created_at":"0000-00-00T00:00:00Z","items":[{"id":"y","created_at":"0000-00-00T00:00:00Z"}]}"""
            ),
        ["a cursor that loops"] = request => request.AnswerAsync(200, """{"items":[{"id":"x"}],"next_cursor":"c","has_more":true}"""),
        ["an error of nonsense"] = request =>
            request.AnswerAsync(500, """{"error":{"code":7,"message":{},"field":[]},"retry_after_seconds":"soon"}""", "Retry-After: -1"),
        ["a wait of ages"] = request => request.AnswerAsync(503, "{}", "Retry-After: 99999999999"),
        ["an unknown status"] = request => request.AnswerAsync(299, ""),
        ["a status out of range"] = async request =>
            await Then(request.WriteAsync("HTTP/1.1 999 What\r\nContent-Length: 0\r\n\r\n"), request.Close),
        ["a redirect to elsewhere"] = request => request.AnswerAsync(307, "", "Location: http://example.invalid/"),
    };

    public static TheoryData<string> Hostilities => [.. Answers.Keys];

    [Theory]
    [MemberData(nameof(Hostilities))]
    public async Task Each_call_fails_as_one_of_ours_in_bounded_time(string hostility)
    {
        foreach (var (call, make) in Calls.Where(call => !IsHarmless(call.Key, hostility)))
        {
            foreach (var door in Enum.GetValues<Door>())
            {
                await using var server = new ScriptedServer(Answers[hostility]);
                var node = Clients.Of(server.BaseAddress, configure: options => options.MaxResponseBytes = 1024 * 1024);
                var failing = Assert.ThrowsAnyAsync<NodeDataException>(() =>
                    Task.Run(() => make(node, door), TestContext.Current.CancellationToken)
                );

                var failure = await failing.WaitAsync(Bounded.Limit, TestContext.Current.CancellationToken);

                node.Dispose();
                await Bounded.UntilAsync(() => server.OpenConnections == 0, $"{call}: a connection was left open.");
                Assert.False(failure is NodeDataConfigurationException, $"{call}: {failure.Message}");
                // Three attempts; where a connection closes without a byte of answer, the HTTP stack tries each of them up to three times more.
                Assert.InRange(server.Requests.Count, 1, 12);
            }
        }
    }

    [Fact]
    public async Task A_body_that_trickles_byte_by_byte_is_read()
    {
        await using var server = new ScriptedServer(async request =>
        {
            foreach (var character in $"HTTP/1.1 200 OK\r\nContent-Length: {Clients.Me.Length}\r\n\r\n{Clients.Me}")
            {
                await request.WriteAsync($"{character}");
            }
        });
        using var node = Clients.Of(server.BaseAddress);

        Assert.Equal("Ada", (await node.GetMe(Door.Async)).Name);
        Assert.Equal("Ada", (await node.GetMe(Door.Sync)).Name);
    }

    // The latest deliveries are one page, whatever the service says of another.
    private static bool IsHarmless(string call, string hostility) => (call, hostility) is ("deliveries", "a cursor that loops");

    private static Task Do(Action action)
    {
        action();
        return Task.CompletedTask;
    }

    private static async Task Then(Task first, Action then)
    {
        await first;
        then();
    }

    private static async Task Endless(ServedRequest request, string head)
    {
        await request.WriteAsync(head);
        var block = new string(' ', 64 * 1024);
        while (true)
        {
            await request.WriteAsync(block);
        }
    }

    private static async Task EndlessHeaders(ServedRequest request)
    {
        await request.WriteAsync("HTTP/1.1 200 OK\r\n");
        var header = $"X-Endless: {new string('x', 1000)}\r\n";
        while (true)
        {
            await request.WriteAsync(header);
        }
    }

    private static async Task Bomb(ServedRequest request)
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
