using System.Net;
using System.Net.Sockets;
using NodeData.Sdk.Tests.Doubles;

namespace NodeData.Sdk.Tests.Http;

/// <summary>Tests connections that cannot be established or that break: which requests are retried, and what the exceptions report.</summary>
public sealed class ConnectionTests
{
    private readonly AutoAdvanceClock _clock = new();

    [Theory]
    [SyncAndAsync]
    public async Task A_POST_whose_response_is_lost_is_not_retried(CallStyle callStyle)
    {
        await using var server = new ScriptedServer(request =>
        {
            request.Close();
            return Task.CompletedTask;
        });
        using var node = TestClients.Create(server.BaseAddress, _clock);

        var error = await Assert.ThrowsAsync<NodeDataConnectionException>(() => node.CreateKey(callStyle, new CreateApiKeyOptions("x")));

        Assert.True(error.RequestMayHaveBeenProcessed);
        Assert.Contains("check the result before you retry", error.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Theory]
    [SyncAndAsync]
    public async Task A_POST_on_a_reused_connection_that_closes_is_not_retried(CallStyle callStyle)
    {
        await using var server = new ScriptedServer(request =>
        {
            if (request.Text.StartsWith("GET", StringComparison.Ordinal))
            {
                return request.RespondAsync(200, TestClients.AccountJson);
            }

            request.Close();
            return Task.CompletedTask;
        });
        using var node = TestClients.Create(server.BaseAddress, _clock);
        await node.GetMe(callStyle);

        await Assert.ThrowsAsync<NodeDataConnectionException>(() => node.CreateKey(callStyle, new CreateApiKeyOptions("x")));
        await node.GetMe(callStyle);
        await Assert.ThrowsAsync<NodeDataConnectionException>(() => node.Send(callStyle, HttpMethod.Post, "bodyless"));

        Assert.Equal(2, server.Requests.Count(request => request.Text.StartsWith("POST", StringComparison.Ordinal)));
    }

    [Theory]
    [SyncAndAsync]
    public async Task A_POST_with_an_idempotency_key_is_retried_unchanged(CallStyle callStyle)
    {
        await using var server = new ScriptedServer(request =>
        {
            if (request.Index == 0)
            {
                request.Reset();
                return Task.CompletedTask;
            }

            return request.RespondAsync(201, $$"""{"id":"key_1","secret":"{{TestClients.TestKey}}"}""");
        });
        using var node = TestClients.Create(server.BaseAddress, _clock);

        await node.CreateKey(callStyle, new CreateApiKeyOptions("x") { ExpiresIn = TimeSpan.FromDays(1), IdempotencyKey = "once" });

        Assert.Equal(2, server.Requests.Count);
        Assert.Equal(server.Requests.First().Text, server.Requests.Last().Text);
    }

    [Theory]
    [SyncAndAsync]
    public async Task A_truncated_body_is_a_connection_error(CallStyle callStyle)
    {
        await using var server = new ScriptedServer(async request =>
        {
            await request.WriteAsync(
                $"HTTP/1.1 200 OK\r\nContent-Length: {TestClients.AccountJson.Length}\r\n\r\n{TestClients.AccountJson[..40]}"
            );
            request.Close();
        });
        using var node = TestClients.Create(server.BaseAddress, _clock);

        await Assert.ThrowsAsync<NodeDataConnectionException>(() => node.GetMe(callStyle));

        Assert.Equal(3, server.Requests.Count);
    }

    [Theory]
    [SyncAndAsync]
    public async Task A_GET_is_retried_after_a_reset(CallStyle callStyle)
    {
        await using var server = new ScriptedServer(request =>
        {
            if (request.Index < 2)
            {
                request.Reset();
                return Task.CompletedTask;
            }

            return request.RespondAsync(200, TestClients.AccountJson);
        });
        using var node = TestClients.Create(server.BaseAddress, _clock);

        Assert.Equal("usr_1", (await node.GetMe(callStyle)).Id);
    }

    [Theory]
    [SyncAndAsync]
    public async Task A_connection_that_cannot_be_established_is_retried_even_for_a_POST_and_nothing_was_sent(CallStyle callStyle)
    {
        using var port = new ReservedPort();
        using var node = TestClients.Create(new Uri($"http://127.0.0.1:{port.Port}/v1"), _clock);

        var error = await Assert.ThrowsAsync<NodeDataConnectionException>(() => node.CreateKey(callStyle, new CreateApiKeyOptions("x")));

        Assert.False(error.RequestMayHaveBeenProcessed);
        Assert.Contains("does not accept connections", error.Message, StringComparison.Ordinal);
        Assert.Contains("NODE_DATA_BASE_URL", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, _clock.Delays.Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(100_000)]
    public async Task A_connection_reset_before_or_during_the_request_is_a_connection_error(int received)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var resetting = ResetAfterAsync(listener, received);
        using var node = TestClients.Create(new Uri($"http://{listener.LocalEndpoint}/v1"), _clock);
        var large = NodeRequestBody.FromBytes(new byte[8 * 1024 * 1024]);

        foreach (var callStyle in Enum.GetValues<CallStyle>())
        {
            var error = await Assert.ThrowsAsync<NodeDataConnectionException>(() => node.Send(callStyle, HttpMethod.Post, "x", large));
            // A connection that is reset at once may count as never established; then the server received nothing.
            Assert.True(error.RequestMayHaveBeenProcessed || received == 0);
        }

        listener.Stop();
        await Assert.ThrowsAnyAsync<Exception>(() => resetting);
    }

    [Theory]
    [SyncAndAsync]
    public async Task A_connection_reset_right_after_it_was_established_is_a_connection_error(CallStyle callStyle)
    {
        using var connection = new ResetConnection();
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectCallback = connection.OpenAsync });
        using var node = new NodeClient(
            http,
            new NodeClientOptions
            {
                ApiKey = TestClients.TestKey,
                BaseAddress = new Uri("http://127.0.0.1/v1"),
                TimeProvider = _clock,
            }
        );

        var error = await Assert.ThrowsAsync<NodeDataConnectionException>(() => node.CreateKey(callStyle, new CreateApiKeyOptions("x")));

        Assert.IsType<SocketException>(error.InnerException);
        Assert.True(error.RequestMayHaveBeenProcessed);
        Assert.Empty(_clock.Delays);
    }

    [Theory]
    [SyncAndAsync]
    public async Task The_error_names_a_host_that_does_not_exist(CallStyle callStyle)
    {
        using var node = TestClients.Create(new Uri("https://does-not-exist.invalid/v1"), _clock);

        var error = await Assert.ThrowsAsync<NodeDataConnectionException>(() => node.GetMe(callStyle));

        Assert.False(error.RequestMayHaveBeenProcessed);
        Assert.Contains("does-not-exist.invalid: the host name cannot be resolved", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [SyncAndAsync]
    public async Task A_server_without_TLS_is_reported_as_no_secure_connection(CallStyle callStyle)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var closing = Task.Run(
            async () =>
            {
                while (true)
                {
                    (await listener.AcceptTcpClientAsync()).Close();
                }
            },
            TestContext.Current.CancellationToken
        );
        using var node = TestClients.Create(new Uri($"https://{listener.LocalEndpoint}/v1"), _clock);

        var error = await Assert.ThrowsAsync<NodeDataConnectionException>(() => node.CreateKey(callStyle, new CreateApiKeyOptions("x")));

        Assert.False(error.RequestMayHaveBeenProcessed);
        Assert.Contains("no secure connection", error.Message, StringComparison.Ordinal);
        listener.Stop();
        await Assert.ThrowsAnyAsync<Exception>(() => closing);
    }

    private static async Task ResetAfterAsync(TcpListener listener, int received)
    {
        while (true)
        {
            using var client = await listener.AcceptTcpClientAsync();
            await client.GetStream().ReadExactlyAsync(new byte[received]);
            client.LingerState = new LingerOption(true, 0);
        }
    }
}
