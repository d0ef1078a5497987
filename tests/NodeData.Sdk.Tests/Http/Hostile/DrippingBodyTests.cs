using System.Diagnostics;
using NodeData.Sdk.Tests.Doubles;

namespace NodeData.Sdk.Tests.Http.Hostile;

/// <summary>
/// A body that arrives in pieces, the last ones after the timeout: the call ends on time, and the connection that it leaves disturbs no other call. On the system
/// clock, because the HTTP stack has timers of its own.
/// </summary>
public sealed class DrippingBodyTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan MaxOvershoot = TimeSpan.FromSeconds(1);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<CallStyle, bool, bool, bool> Cases
    {
        get
        {
            var cases = new TheoryData<CallStyle, bool, bool, bool>();
            foreach (var callStyle in Enum.GetValues<CallStyle>())
            {
                for (var bits = 0; bits < 8; bits++)
                {
                    cases.Add(callStyle, (bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_call_ends_at_its_timeout_and_disturbs_no_other_call(
        CallStyle callStyle,
        bool isChunked,
        bool continues,
        bool hasOwnHttpClient
    )
    {
        await using var server = new ScriptedServer(request =>
            request.Text.Contains("/keys/slow", StringComparison.Ordinal)
                ? DripAsync(request, isChunked, continues)
                : request.RespondAsync(200, TestClients.AccountJson)
        );
        using var httpClient = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = Timeout.InfiniteTimeSpan };
        using var node = CreateClient(server.BaseAddress, hasOwnHttpClient ? httpClient : null);
        await node.GetMe(callStyle);

        var overshoots = new List<TimeSpan>();
        for (var i = 0; i < 3; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await Assert.ThrowsAsync<NodeDataTimeoutException>(() => Task.Run(() => node.GetKey(callStyle, "slow"), Token));
            overshoots.Add(Stopwatch.GetElapsedTime(started) - Limit);
            for (var neighbor = 0; neighbor < 20; neighbor++)
            {
                Assert.Equal("Ada", (await node.GetMe(callStyle)).Name);
            }
        }

        Assert.All(overshoots, overshoot => Assert.True(overshoot < MaxOvershoot, $"The call ended {overshoot} after its timeout."));
    }

    private static NodeClient CreateClient(Uri address, HttpClient? httpClient)
    {
        var options = new NodeClientOptions
        {
            ApiKey = TestClients.TestKey,
            BaseAddress = address,
            AttemptTimeout = Limit,
            TotalTimeout = TimeSpan.FromSeconds(30),
            MaxRetries = 0,
        };
        return httpClient is null ? new NodeClient(options) : new NodeClient(httpClient, options);
    }

    // 20 bytes with the headers, 40 bytes after 600 ms, the rest 100 ms later; or nothing after the first 20 bytes.
    private static async Task DripAsync(ReceivedRequest request, bool isChunked, bool continues)
    {
        var body = $$"""{"id":"key_1","name":"{{new string('x', 79)}}"}""";
        await request.WriteAsync(
            $"HTTP/1.1 200 OK\r\n{(isChunked ? "Transfer-Encoding: chunked" : $"Content-Length: {body.Length}")}\r\n\r\n"
        );
        await WriteAsync(body[..20]);
        if (!continues)
        {
            await request.HangAsync();
        }

        await Task.Delay(Limit * 1.5, TimeProvider.System, request.Stopping);
        await WriteAsync(body[20..60]);
        await Task.Delay(Limit / 4, TimeProvider.System, request.Stopping);
        await WriteAsync(body[60..]);
        await request.WriteAsync(isChunked ? "0\r\n\r\n" : "");

        Task WriteAsync(string part) => request.WriteAsync(isChunked ? $"{part.Length:x}\r\n{part}\r\n" : part);
    }
}
