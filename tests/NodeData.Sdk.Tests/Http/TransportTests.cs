using System.Net;
using NodeData.Sdk.Tests.Doubles;

namespace NodeData.Sdk.Tests.Http;

/// <summary>Tests the behavior that all calls share.</summary>
public sealed class TransportTests
{
    [Theory]
    [SyncAndAsync]
    public async Task A_request_has_a_user_agent_and_the_key_in_one_header_only(CallStyle callStyle)
    {
        await using var server = new ScriptedServer(request => request.RespondAsync(200, TestClients.AccountJson));
        using var node = TestClients.Create(server.BaseAddress);

        await node.GetMe(callStyle);

        var head = server.Requests.Single().Text.Split("\r\n");
        Assert.Equal("GET /v1/me HTTP/1.1", head[0]);
        Assert.Contains($"Authorization: Bearer {TestClients.TestKey}", head);
        Assert.Contains("Accept: application/json", head);
        Assert.Contains($"User-Agent: NodeData.Sdk/0.1.0 dotnet/{Environment.Version}", head);
        Assert.Single(head, line => line.Contains(TestClients.TestKey, StringComparison.Ordinal));
    }

    [Theory]
    [SyncAndAsync]
    public async Task After_a_401_another_key_from_the_provider_is_tried_once(CallStyle callStyle)
    {
        await using var server = new ScriptedServer(request =>
            request.Text.Contains("nd_test_new", StringComparison.Ordinal)
                ? request.RespondAsync(200, TestClients.AccountJson)
                : request.RespondAsync(401, "{}")
        );
        var keys = new RefreshingKeyProvider("nd_test_old", "nd_test_new");
        using var node = new NodeClient(keys, new NodeClientOptions { BaseAddress = server.BaseAddress, MaxRetries = 0 });

        Assert.Equal("Ada", (await node.GetMe(callStyle)).Name);
        Assert.Equal(2, server.Requests.Count);

        var stuck = new RefreshingKeyProvider("nd_test_old", "nd_test_old");
        using var rejected = new NodeClient(stuck, new NodeClientOptions { BaseAddress = server.BaseAddress });
        var error = await Assert.ThrowsAsync<NodeDataAuthenticationException>(() => rejected.GetMe(callStyle));
        Assert.Equal(3, server.Requests.Count);
        Assert.Contains("The key nd_test_… was not accepted", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, stuck.Refreshed);
    }

    [Theory]
    [SyncAndAsync]
    public async Task A_POST_whose_key_was_rejected_is_repeated_with_another_key(CallStyle callStyle)
    {
        await using var server = new ScriptedServer(request => request.RespondAsync(request.Index == 0 ? 401 : 200, "{}"));
        using var node = new NodeClient(
            new RefreshingKeyProvider("nd_test_old", "nd_test_new"),
            new NodeClientOptions { BaseAddress = server.BaseAddress }
        );

        await node.Send(callStyle, HttpMethod.Post, "x");

        Assert.Equal(2, server.Requests.Count);
    }

    [Theory]
    [SyncAndAsync]
    public async Task A_rejected_key_is_refreshed_once_per_call(CallStyle callStyle)
    {
        await using var server = new ScriptedServer(request => request.RespondAsync(request.Index % 2 == 0 ? 401 : 500, "{}"));
        var keys = new RefreshingKeyProvider("nd_test_a", "nd_test_b", "nd_test_c", "nd_test_d");
        using var node = new NodeClient(
            keys,
            new NodeClientOptions { BaseAddress = server.BaseAddress, TimeProvider = new AutoAdvanceClock() }
        );

        await Assert.ThrowsAsync<NodeDataAuthenticationException>(() => node.GetMe(callStyle));

        Assert.Equal(1, keys.Refreshed);
        Assert.Equal(3, server.Requests.Count);
    }

    [Theory]
    [SyncAndAsync]
    public async Task A_key_replaced_while_a_call_is_retried_is_used_by_the_next_attempt(CallStyle callStyle)
    {
        var credential = new ApiKeyCredential(ApiKey.Parse("nd_test_old"));
        await using var server = new ScriptedServer(request =>
        {
            credential.Update(ApiKey.Parse("nd_test_new"));
            return request.Index == 0 ? request.RespondAsync(503, "{}") : request.RespondAsync(200, TestClients.AccountJson);
        });
        using var node = new NodeClient(
            credential,
            new NodeClientOptions { BaseAddress = server.BaseAddress, TimeProvider = new AutoAdvanceClock() }
        );

        await node.GetMe(callStyle);

        Assert.Contains("Bearer nd_test_old\r\n", server.Requests.First().Text, StringComparison.Ordinal);
        Assert.Contains("Bearer nd_test_new\r\n", server.Requests.Last().Text, StringComparison.Ordinal);
    }

    [Theory]
    [SyncAndAsync]
    public async Task A_key_of_the_other_mode_is_rejected_before_anything_is_sent(CallStyle callStyle)
    {
        await using var server = new ScriptedServer(request => request.RespondAsync(200, TestClients.AccountJson));
        using var changing = new NodeClient(
            new RefreshingKeyProvider("nd_test_a", "nd_live_b"),
            new NodeClientOptions { BaseAddress = server.BaseAddress }
        );
        using var expecting = new NodeClient(
            new RefreshingKeyProvider("nd_test_a"),
            new NodeClientOptions { BaseAddress = server.BaseAddress, ExpectedMode = KeyMode.Live }
        );

        await changing.GetMe(callStyle);
        var changed = await Assert.ThrowsAsync<NodeDataConfigurationException>(() => changing.GetMe(callStyle));
        var unexpected = await Assert.ThrowsAsync<NodeDataConfigurationException>(() => expecting.GetMe(callStyle));

        Assert.Contains("started with a test key and received a live key", changed.Message, StringComparison.Ordinal);
        Assert.Contains("ExpectedMode is Live", unexpected.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Theory]
    [SyncAndAsync]
    public async Task OnResponse_receives_the_last_response_of_each_call_once(CallStyle callStyle)
    {
        await using var server = new ScriptedServer(request =>
            request.Index switch
            {
                0 => request.RespondAsync(503, "{}", "x-request-id: req_0"),
                1 => request.RespondAsync(200, TestClients.AccountJson, "x-request-id: req_1", "X-RateLimit-Remaining: 5"),
                _ => request.RespondAsync(404, "{}", "x-request-id: req_2"),
            }
        );
        using var node = TestClients.Create(server.BaseAddress);
        var responses = new List<NodeResponseInfo>();
        var view = node.WithOptions(new NodeRequestOptions { OnResponse = responses.Add })
            .WithOptions(new NodeRequestOptions { MaxRetries = 1 });

        await view.GetMe(callStyle);
        await Assert.ThrowsAsync<NodeDataNotFoundException>(() => view.GetMe(callStyle));
        await Assert.ThrowsAsync<NodeDataNotFoundException>(() => node.GetMe(callStyle));

        Assert.Equal(["req_1", "req_2"], responses.Select(response => response.RequestId));
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.NotFound], responses.Select(response => response.Status));
        Assert.Equal(5, responses[0].RateLimit!.Remaining);
    }

    [Fact]
    public async Task A_synchronous_method_sends_on_the_callers_thread()
    {
        var handler = new RecordingHandler();
        using var http = new HttpClient(handler);
        using var node = new NodeClient(http, new NodeClientOptions { ApiKey = TestClients.TestKey });

        node.Me.Get(TestContext.Current.CancellationToken);
        Assert.Equal((1, 0, Environment.CurrentManagedThreadId), (handler.Sync, handler.Async, handler.Thread));

        await node.Me.GetAsync(TestContext.Current.CancellationToken);
        Assert.Equal((1, 1), (handler.Sync, handler.Async));
    }

    [Fact]
    public void A_handler_that_cannot_send_synchronously_is_named_as_the_cause()
    {
        using var http = new HttpClient(new AsyncOnlyHandler());
        using var node = new NodeClient(http, new NodeClientOptions { ApiKey = TestClients.TestKey });

        var error = Assert.Throws<NodeDataConfigurationException>(() => node.Me.Get(TestContext.Current.CancellationToken));

        Assert.Contains("must override Send", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_callers_HttpClient_supplies_the_base_address_and_is_never_disposed()
    {
        await using var server = new ScriptedServer(request => request.RespondAsync(200, TestClients.AccountJson));
        using var http = new HttpClient { BaseAddress = server.BaseAddress };
        using (var node = new NodeClient(http, new NodeClientOptions { ApiKey = TestClients.TestKey }))
        {
            await node.GetMe(CallStyle.Async);
        }

        Assert.Equal(
            HttpStatusCode.OK,
            (await http.GetAsync(new Uri(server.BaseAddress, "/"), TestContext.Current.CancellationToken)).StatusCode
        );
    }

    [Fact]
    public async Task A_disposed_client_throws_and_disposing_a_view_has_no_effect()
    {
        await using var server = new ScriptedServer(request => request.RespondAsync(200, TestClients.AccountJson));
        var node = TestClients.Create(server.BaseAddress);
        node.WithOptions(new NodeRequestOptions()).Dispose();
        await node.GetMe(CallStyle.Async);

        node.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => node.GetMe(CallStyle.Async));
    }

    private sealed class RefreshingKeyProvider(params string[] keys) : IApiKeyProvider
    {
        private int _next;

        public int Refreshed { get; private set; }

        public ApiKey GetKey(CancellationToken cancellationToken) => ApiKey.Parse(keys[Math.Min(_next++, keys.Length - 1)]);

        public ValueTask<ApiKey> GetKeyAsync(CancellationToken cancellationToken) => ValueTask.FromResult(GetKey(cancellationToken));

        public ApiKey Refresh(ApiKey rejected, CancellationToken cancellationToken)
        {
            Refreshed++;
            return GetKey(cancellationToken);
        }

        public ValueTask<ApiKey> RefreshAsync(ApiKey rejected, CancellationToken cancellationToken) =>
            ValueTask.FromResult(Refresh(rejected, cancellationToken));
    }

    private sealed class RecordingHandler : HttpMessageHandler
    {
        public int Sync { get; private set; }

        public int Async { get; private set; }

        public int Thread { get; private set; }

        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Sync++;
            Thread = Environment.CurrentManagedThreadId;
            return CreateResponse(request);
        }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Async++;
            return Task.FromResult(CreateResponse(request));
        }

        private static HttpResponseMessage CreateResponse(HttpRequestMessage request) =>
            new(HttpStatusCode.OK)
            {
                Content = new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(TestClients.AccountJson)),
                RequestMessage = request,
            };
    }

    private sealed class AsyncOnlyHandler : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("SendAsync was not expected to be called.");
    }
}
