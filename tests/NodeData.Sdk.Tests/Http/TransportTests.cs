using System.Net;
using NodeData.Sdk.Tests.Doubles;

namespace NodeData.Sdk.Tests.Http;

/// <summary>What every call has in common.</summary>
public sealed class TransportTests
{
    [Theory]
    [ThroughBothDoors]
    public async Task A_request_presents_itself_and_carries_the_key_in_one_header_alone(Door door)
    {
        await using var server = new ScriptedServer(request => request.AnswerAsync(200, Clients.Me));
        using var node = Clients.Of(server.BaseAddress);

        await node.GetMe(door);

        var head = server.Requests.Single().Text.Split("\r\n");
        Assert.Equal("GET /v1/me HTTP/1.1", head[0]);
        Assert.Contains($"Authorization: Bearer {Clients.TestKey}", head);
        Assert.Contains("Accept: application/json", head);
        Assert.Contains($"User-Agent: NodeData.Sdk/0.1.0 dotnet/{Environment.Version}", head);
        Assert.Single(head, line => line.Contains(Clients.TestKey, StringComparison.Ordinal));
    }

    [Theory]
    [ThroughBothDoors]
    public async Task After_a_401_another_key_of_the_provider_is_tried_once(Door door)
    {
        await using var server = new ScriptedServer(request =>
            request.Text.Contains("nd_test_new", StringComparison.Ordinal)
                ? request.AnswerAsync(200, Clients.Me)
                : request.AnswerAsync(401, "{}")
        );
        var keys = new RefreshingKeys("nd_test_old", "nd_test_new");
        using var node = new NodeClient(keys, new NodeClientOptions { BaseAddress = server.BaseAddress, MaxRetries = 0 });

        Assert.Equal("Ada", (await node.GetMe(door)).Name);
        Assert.Equal(2, server.Requests.Count);

        var stuck = new RefreshingKeys("nd_test_old", "nd_test_old");
        using var refused = new NodeClient(stuck, new NodeClientOptions { BaseAddress = server.BaseAddress });
        var error = await Assert.ThrowsAsync<NodeDataAuthenticationException>(() => refused.GetMe(door));
        Assert.Equal(3, server.Requests.Count);
        Assert.Contains("The key nd_test_… was not accepted", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, stuck.Refreshed);
    }

    [Theory]
    [ThroughBothDoors]
    public async Task A_post_that_was_refused_for_its_key_is_repeated_with_another(Door door)
    {
        await using var server = new ScriptedServer(request => request.AnswerAsync(request.Index == 0 ? 401 : 200, "{}"));
        using var node = new NodeClient(
            new RefreshingKeys("nd_test_old", "nd_test_new"),
            new NodeClientOptions { BaseAddress = server.BaseAddress }
        );

        await node.Send(door, HttpMethod.Post, "x");

        Assert.Equal(2, server.Requests.Count);
    }

    [Theory]
    [ThroughBothDoors]
    public async Task A_refused_key_is_refreshed_once_in_a_call_and_no_more(Door door)
    {
        await using var server = new ScriptedServer(request => request.AnswerAsync(request.Index % 2 == 0 ? 401 : 500, "{}"));
        var keys = new RefreshingKeys("nd_test_a", "nd_test_b", "nd_test_c", "nd_test_d");
        using var node = new NodeClient(
            keys,
            new NodeClientOptions { BaseAddress = server.BaseAddress, TimeProvider = new SkippingClock() }
        );

        await Assert.ThrowsAsync<NodeDataAuthenticationException>(() => node.GetMe(door));

        Assert.Equal(1, keys.Refreshed);
        Assert.Equal(3, server.Requests.Count);
    }

    [Theory]
    [ThroughBothDoors]
    public async Task A_key_replaced_while_a_call_is_retried_is_used_by_the_next_attempt(Door door)
    {
        var credential = new ApiKeyCredential(ApiKey.Parse("nd_test_old"));
        await using var server = new ScriptedServer(request =>
        {
            credential.Update(ApiKey.Parse("nd_test_new"));
            return request.Index == 0 ? request.AnswerAsync(503, "{}") : request.AnswerAsync(200, Clients.Me);
        });
        using var node = new NodeClient(
            credential,
            new NodeClientOptions { BaseAddress = server.BaseAddress, TimeProvider = new SkippingClock() }
        );

        await node.GetMe(door);

        Assert.Contains("Bearer nd_test_old\r\n", server.Requests.First().Text, StringComparison.Ordinal);
        Assert.Contains("Bearer nd_test_new\r\n", server.Requests.Last().Text, StringComparison.Ordinal);
    }

    [Theory]
    [ThroughBothDoors]
    public async Task A_key_of_the_other_mode_is_refused_before_anything_is_sent(Door door)
    {
        await using var server = new ScriptedServer(request => request.AnswerAsync(200, Clients.Me));
        using var changing = new NodeClient(
            new RefreshingKeys("nd_test_a", "nd_live_b"),
            new NodeClientOptions { BaseAddress = server.BaseAddress }
        );
        using var expecting = new NodeClient(
            new RefreshingKeys("nd_test_a"),
            new NodeClientOptions { BaseAddress = server.BaseAddress, ExpectedMode = KeyMode.Live }
        );

        await changing.GetMe(door);
        var changed = await Assert.ThrowsAsync<NodeDataConfigurationException>(() => changing.GetMe(door));
        var unexpected = await Assert.ThrowsAsync<NodeDataConfigurationException>(() => expecting.GetMe(door));

        Assert.Contains("began with a test key and was given a live key", changed.Message, StringComparison.Ordinal);
        Assert.Contains("ExpectedMode is Live", unexpected.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Theory]
    [ThroughBothDoors]
    public async Task The_last_answer_is_told_once_a_call_whether_it_was_a_success_or_not(Door door)
    {
        await using var server = new ScriptedServer(request =>
            request.Index switch
            {
                0 => request.AnswerAsync(503, "{}", "x-request-id: req_0"),
                1 => request.AnswerAsync(200, Clients.Me, "x-request-id: req_1", "X-RateLimit-Remaining: 5"),
                _ => request.AnswerAsync(404, "{}", "x-request-id: req_2"),
            }
        );
        using var node = Clients.Of(server.BaseAddress);
        var told = new List<NodeResponseInfo>();
        var view = node.With(new NodeRequestOptions { OnResponse = told.Add }).With(new NodeRequestOptions { MaxRetries = 1 });

        await view.GetMe(door);
        await Assert.ThrowsAsync<NodeDataNotFoundException>(() => view.GetMe(door));
        await Assert.ThrowsAsync<NodeDataNotFoundException>(() => node.GetMe(door));

        Assert.Equal(["req_1", "req_2"], told.Select(response => response.RequestId));
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.NotFound], told.Select(response => response.Status));
        Assert.Equal(5, told[0].RateLimit!.Remaining);
    }

    [Fact]
    public async Task The_synchronous_door_sends_on_the_callers_own_thread()
    {
        var handler = new NotingHandler();
        using var http = new HttpClient(handler);
        using var node = new NodeClient(http, new NodeClientOptions { ApiKey = Clients.TestKey });

        node.Me.Get(TestContext.Current.CancellationToken);
        Assert.Equal((1, 0, Environment.CurrentManagedThreadId), (handler.Sync, handler.Async, handler.Thread));

        await node.Me.GetAsync(TestContext.Current.CancellationToken);
        Assert.Equal((1, 1), (handler.Sync, handler.Async));
    }

    [Fact]
    public void A_handler_that_cannot_send_synchronously_is_named_as_the_cause()
    {
        using var http = new HttpClient(new AsyncOnlyHandler());
        using var node = new NodeClient(http, new NodeClientOptions { ApiKey = Clients.TestKey });

        var error = Assert.Throws<NodeDataConfigurationException>(() => node.Me.Get(TestContext.Current.CancellationToken));

        Assert.Contains("must override Send", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_callers_HttpClient_lends_its_address_and_is_never_disposed()
    {
        await using var server = new ScriptedServer(request => request.AnswerAsync(200, Clients.Me));
        using var http = new HttpClient { BaseAddress = server.BaseAddress };
        using (var node = new NodeClient(http, new NodeClientOptions { ApiKey = Clients.TestKey }))
        {
            await node.GetMe(Door.Async);
        }

        Assert.Equal(
            HttpStatusCode.OK,
            (await http.GetAsync(new Uri(server.BaseAddress, "/"), TestContext.Current.CancellationToken)).StatusCode
        );
    }

    [Fact]
    public async Task A_disposed_client_says_so_and_a_disposed_view_changes_nothing()
    {
        await using var server = new ScriptedServer(request => request.AnswerAsync(200, Clients.Me));
        var node = Clients.Of(server.BaseAddress);
        node.With(new NodeRequestOptions()).Dispose();
        await node.GetMe(Door.Async);

        node.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => node.GetMe(Door.Async));
    }

    private sealed class RefreshingKeys(params string[] keys) : IApiKeyProvider
    {
        private int _next;

        public int Refreshed { get; private set; }

        public ApiKey GetKey(CancellationToken cancellationToken) => ApiKey.Parse(keys[Math.Min(_next++, keys.Length - 1)]);

        public ValueTask<ApiKey> GetKeyAsync(CancellationToken cancellationToken) => ValueTask.FromResult(GetKey(cancellationToken));

        public ApiKey Refresh(ApiKey refused, CancellationToken cancellationToken)
        {
            Refreshed++;
            return GetKey(cancellationToken);
        }

        public ValueTask<ApiKey> RefreshAsync(ApiKey refused, CancellationToken cancellationToken) =>
            ValueTask.FromResult(Refresh(refused, cancellationToken));
    }

    private sealed class NotingHandler : HttpMessageHandler
    {
        public int Sync { get; private set; }

        public int Async { get; private set; }

        public int Thread { get; private set; }

        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Sync++;
            Thread = Environment.CurrentManagedThreadId;
            return Answer(request);
        }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Async++;
            return Task.FromResult(Answer(request));
        }

        private static HttpResponseMessage Answer(HttpRequestMessage request) =>
            new(HttpStatusCode.OK)
            {
                Content = new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(Clients.Me)),
                RequestMessage = request,
            };
    }

    private sealed class AsyncOnlyHandler : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("The asynchronous way was not asked for.");
    }
}
