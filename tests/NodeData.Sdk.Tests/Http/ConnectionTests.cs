using System.Net;
using System.Net.Sockets;
using NodeData.Sdk.Tests.Doubles;

namespace NodeData.Sdk.Tests.Http;

/// <summary>Connections that are never made, or that break: what is sent again, and what is told.</summary>
public sealed class ConnectionTests
{
    private readonly SkippingClock _clock = new();

    [Theory]
    [ThroughBothDoors]
    public async Task A_post_whose_answer_is_lost_is_not_sent_again(Door door)
    {
        await using var server = new ScriptedServer(request =>
        {
            request.Close();
            return Task.CompletedTask;
        });
        using var node = Clients.Of(server.BaseAddress, _clock);

        var error = await Assert.ThrowsAsync<NodeDataConnectionException>(() => node.CreateKey(door, new CreateApiKeyOptions("x")));

        Assert.True(error.RequestMayHaveBeenProcessed);
        Assert.Contains("look before you repeat", error.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Theory]
    [ThroughBothDoors]
    public async Task A_post_on_a_reused_connection_that_closes_is_not_sent_again(Door door)
    {
        await using var server = new ScriptedServer(request =>
        {
            if (request.Text.StartsWith("GET", StringComparison.Ordinal))
            {
                return request.AnswerAsync(200, Clients.Me);
            }

            request.Close();
            return Task.CompletedTask;
        });
        using var node = Clients.Of(server.BaseAddress, _clock);
        await node.GetMe(door);

        await Assert.ThrowsAsync<NodeDataConnectionException>(() => node.CreateKey(door, new CreateApiKeyOptions("x")));
        await node.GetMe(door);
        await Assert.ThrowsAsync<NodeDataConnectionException>(() => node.Send(door, HttpMethod.Post, "bodyless"));

        Assert.Equal(2, server.Requests.Count(request => request.Text.StartsWith("POST", StringComparison.Ordinal)));
    }

    [Theory]
    [ThroughBothDoors]
    public async Task A_post_under_an_idempotency_key_is_sent_again_just_as_it_was(Door door)
    {
        await using var server = new ScriptedServer(request =>
        {
            if (request.Index == 0)
            {
                request.Reset();
                return Task.CompletedTask;
            }

            return request.AnswerAsync(201, $$"""{"id":"key_1","secret":"{{Clients.TestKey}}"}""");
        });
        using var node = Clients.Of(server.BaseAddress, _clock);

        await node.CreateKey(door, new CreateApiKeyOptions("x") { ExpiresIn = TimeSpan.FromDays(1), IdempotencyKey = "once" });

        Assert.Equal(2, server.Requests.Count);
        Assert.Equal(server.Requests.First().Text, server.Requests.Last().Text);
    }

    [Theory]
    [ThroughBothDoors]
    public async Task A_body_cut_in_the_middle_is_a_broken_connection(Door door)
    {
        await using var server = new ScriptedServer(async request =>
        {
            await request.WriteAsync($"HTTP/1.1 200 OK\r\nContent-Length: {Clients.Me.Length}\r\n\r\n{Clients.Me[..40]}");
            request.Close();
        });
        using var node = Clients.Of(server.BaseAddress, _clock);

        await Assert.ThrowsAsync<NodeDataConnectionException>(() => node.GetMe(door));

        Assert.Equal(3, server.Requests.Count);
    }

    [Theory]
    [ThroughBothDoors]
    public async Task A_get_is_sent_again_after_a_reset(Door door)
    {
        await using var server = new ScriptedServer(request =>
        {
            if (request.Index < 2)
            {
                request.Reset();
                return Task.CompletedTask;
            }

            return request.AnswerAsync(200, Clients.Me);
        });
        using var node = Clients.Of(server.BaseAddress, _clock);

        Assert.Equal("usr_1", (await node.GetMe(door)).Id);
    }

    [Theory]
    [ThroughBothDoors]
    public async Task A_connection_that_was_never_made_is_tried_again_even_for_a_post_and_nothing_was_sent(Door door)
    {
        using var port = new HeldPort();
        using var node = Clients.Of(new Uri($"http://127.0.0.1:{port.Port}/v1"), _clock);

        var error = await Assert.ThrowsAsync<NodeDataConnectionException>(() => node.CreateKey(door, new CreateApiKeyOptions("x")));

        Assert.False(error.RequestMayHaveBeenProcessed);
        Assert.Contains("does not accept connections", error.Message, StringComparison.Ordinal);
        Assert.Contains("NODE_DATA_BASE_URL", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, _clock.Waits.Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(100_000)]
    public async Task A_connection_reset_before_or_during_the_request_is_a_broken_one(int heard)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var resetting = ResetAfterAsync(listener, heard);
        using var node = Clients.Of(new Uri($"http://{listener.LocalEndpoint}/v1"), _clock);
        var large = NodeRequestBody.FromBytes(new byte[8 * 1024 * 1024]);

        foreach (var door in Enum.GetValues<Door>())
        {
            var error = await Assert.ThrowsAsync<NodeDataConnectionException>(() => node.Send(door, HttpMethod.Post, "x", large));
            // Reset at once, it may count as never made: then nothing can have been heard.
            Assert.True(error.RequestMayHaveBeenProcessed || heard == 0);
        }

        listener.Stop();
        await Assert.ThrowsAnyAsync<Exception>(() => resetting);
    }

    [Theory]
    [ThroughBothDoors]
    public async Task A_connection_reset_as_soon_as_it_was_made_is_a_broken_one(Door door)
    {
        using var connection = new ResetConnection();
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectCallback = connection.OpenAsync });
        using var node = new NodeClient(
            http,
            new NodeClientOptions
            {
                ApiKey = Clients.TestKey,
                BaseAddress = new Uri("http://127.0.0.1/v1"),
                TimeProvider = _clock,
            }
        );

        var error = await Assert.ThrowsAsync<NodeDataConnectionException>(() => node.CreateKey(door, new CreateApiKeyOptions("x")));

        Assert.IsType<SocketException>(error.InnerException);
        Assert.True(error.RequestMayHaveBeenProcessed);
        Assert.Empty(_clock.Waits);
    }

    [Theory]
    [ThroughBothDoors]
    public async Task A_host_that_does_not_exist_is_named(Door door)
    {
        using var node = Clients.Of(new Uri("https://does-not-exist.invalid/v1"), _clock);

        var error = await Assert.ThrowsAsync<NodeDataConnectionException>(() => node.GetMe(door));

        Assert.False(error.RequestMayHaveBeenProcessed);
        Assert.Contains("does-not-exist.invalid: the name of the host cannot be resolved", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [ThroughBothDoors]
    public async Task A_server_that_speaks_no_tls_is_no_secure_connection(Door door)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var hangingUp = Task.Run(
            async () =>
            {
                while (true)
                {
                    (await listener.AcceptTcpClientAsync()).Close();
                }
            },
            TestContext.Current.CancellationToken
        );
        using var node = Clients.Of(new Uri($"https://{listener.LocalEndpoint}/v1"), _clock);

        var error = await Assert.ThrowsAsync<NodeDataConnectionException>(() => node.CreateKey(door, new CreateApiKeyOptions("x")));

        Assert.False(error.RequestMayHaveBeenProcessed);
        Assert.Contains("no secure connection", error.Message, StringComparison.Ordinal);
        listener.Stop();
        await Assert.ThrowsAnyAsync<Exception>(() => hangingUp);
    }

    private static async Task ResetAfterAsync(TcpListener listener, int heard)
    {
        while (true)
        {
            using var client = await listener.AcceptTcpClientAsync();
            await client.GetStream().ReadExactlyAsync(new byte[heard]);
            client.LingerState = new LingerOption(true, 0);
        }
    }
}
