using System.Net;
using NodeData.Sdk.Tests.Doubles;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace NodeData.Sdk.Tests.Http;

/// <summary>
/// What key providers and handlers of the application throw arrives as a <see cref="NodeDataException"/> with the cause inside; only the caller's cancellation is an
/// <see cref="OperationCanceledException"/>.
/// </summary>
public sealed class ForeignExceptionTests
{
    private static readonly Dictionary<string, Func<Exception>> Exceptions = new()
    {
        ["a timeout of the provider"] = () => new TaskCanceledException("the vault timed out", new TimeoutException()),
        ["an unreachable secret manager"] = () => new HttpRequestException("no vault"),
        ["a file that cannot be read"] = () => new IOException("no file"),
        ["a fault of the provider"] = () => new InvalidOperationException("a defect"),
        ["an open circuit breaker"] = () => new BrokenCircuitException(),
        ["a timeout of a handler"] = () => new TimeoutRejectedException(),
    };

    public static TheoryData<string, CallStyle> Cases
    {
        get
        {
            var cases = new TheoryData<string, CallStyle>();
            foreach (var name in Exceptions.Keys)
            {
                cases.Add(name, CallStyle.Sync);
                cases.Add(name, CallStyle.Async);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task What_a_key_provider_throws_is_inside_a_NodeDataException(string name, CallStyle callStyle)
    {
        await using var server = new ScriptedServer(request => request.RespondAsync(200, TestClients.AccountJson));
        using var node = new NodeClient(new ThrowingProvider(Exceptions[name]), CreateOptions(server.BaseAddress));

        var error = await Assert.ThrowsAnyAsync<NodeDataException>(() => node.GetMe(callStyle));

        Assert.IsType(Exceptions[name]().GetType(), error.InnerException);
        Assert.False(error is NodeDataConnectionException { RequestMayHaveBeenProcessed: true }, error.Message);
        Assert.Empty(server.Requests);
    }

    [Theory]
    [SyncAndAsync]
    public async Task A_provider_that_recovers_is_asked_again(CallStyle callStyle)
    {
        await using var server = new ScriptedServer(request => request.RespondAsync(200, TestClients.AccountJson));
        var calls = 0;
        using var node = new NodeClient(
            new ThrowingProvider(() => ++calls <= 2 ? new IOException("not yet") : null),
            CreateOptions(server.BaseAddress)
        );

        Assert.Equal("Ada", (await node.GetMe(callStyle)).Name);
        Assert.Equal(3, calls);
    }

    [Theory]
    [SyncAndAsync]
    public async Task A_null_key_is_a_configuration_error(CallStyle callStyle)
    {
        using var node = new NodeClient(new NullProvider(), CreateOptions(new Uri("http://127.0.0.1:9/v1")));

        var error = await Assert.ThrowsAsync<NodeDataConfigurationException>(() => node.GetMe(callStyle));

        Assert.Contains("NullProvider returned null", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [SyncAndAsync]
    public async Task The_cancellation_of_the_caller_stays_one(CallStyle callStyle)
    {
        using var caller = new CancellationTokenSource();
        using var node = new NodeClient(
            new ThrowingProvider(() =>
            {
                caller.Cancel();
                return new OperationCanceledException(caller.Token);
            }),
            CreateOptions(new Uri("http://127.0.0.1:9/v1"))
        );

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => node.GetMe(callStyle, caller.Token));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task What_a_handler_throws_is_inside_a_NodeDataException(string name, CallStyle callStyle)
    {
        var handler = new ThrowingHandler(Exceptions[name]);
        using var httpClient = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        using var node = new NodeClient(httpClient, CreateOptions(new Uri("http://127.0.0.1:9/v1"), TestClients.TestKey));

        var error = await Assert.ThrowsAnyAsync<NodeDataConnectionException>(() => node.CreateKey(callStyle, new CreateApiKeyOptions("x")));

        Assert.IsType(Exceptions[name]().GetType(), error.InnerException);
        Assert.True(error.RequestMayHaveBeenProcessed, error.Message);
        Assert.Equal(1, handler.Calls);
    }

    [Fact]
    public async Task A_connect_timeout_of_the_handler_is_retried_and_says_that_nothing_was_sent()
    {
        var connects = 0;
        using var httpClient = new HttpClient(
            new SocketsHttpHandler
            {
                ConnectTimeout = TimeSpan.FromMilliseconds(50),
                ConnectCallback = async (_, token) =>
                {
                    connects++;
                    await Task.Delay(Timeout.Infinite, token);
                    throw new InvalidOperationException();
                },
            }
        );
        using var node = new NodeClient(httpClient, CreateOptions(new Uri("http://127.0.0.1:9/v1"), TestClients.TestKey));

        var error = await Assert.ThrowsAsync<NodeDataConnectionException>(() =>
            node.CreateKey(CallStyle.Async, new CreateApiKeyOptions("x"))
        );

        Assert.False(error.RequestMayHaveBeenProcessed);
        Assert.Contains("ConnectTimeout", error.Message, StringComparison.Ordinal);
        Assert.Equal(3, connects);
    }

    [Fact]
    public async Task A_required_HTTP_version_that_the_server_lacks_is_a_connection_that_was_never_made()
    {
        await using var server = new ScriptedServer(request => request.RespondAsync(200, TestClients.AccountJson));
        using var httpClient = new HttpClient(new SocketsHttpHandler())
        {
            DefaultRequestVersion = HttpVersion.Version30,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        using var node = new NodeClient(httpClient, CreateOptions(server.BaseAddress, TestClients.TestKey));

        var error = await Assert.ThrowsAnyAsync<NodeDataConnectionException>(() => node.GetMe(CallStyle.Async));

        Assert.False(error.RequestMayHaveBeenProcessed, error.Message);
        Assert.Empty(server.Requests);
    }

    [Theory]
    [SyncAndAsync]
    public async Task Headers_over_the_limit_of_the_handler_are_not_requested_again(CallStyle callStyle)
    {
        await using var server = new ScriptedServer(request =>
            request.RespondAsync(200, TestClients.AccountJson, $"x-padding: {new string('x', 200_000)}")
        );
        using var node = TestClients.Create(server.BaseAddress);

        var error = await Assert.ThrowsAsync<NodeDataConnectionException>(() => node.GetMe(callStyle));

        Assert.Contains("MaxResponseHeadersLength", error.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    private static NodeClientOptions CreateOptions(Uri address, string? key = null) =>
        new()
        {
            ApiKey = key is null ? null : new SecretReference(key),
            BaseAddress = address,
            TimeProvider = new AutoAdvanceClock(),
            Jitter = () => 1,
        };

    private sealed class ThrowingProvider(Func<Exception?> create) : IApiKeyProvider
    {
        public ApiKey GetKey(CancellationToken cancellationToken) =>
            create() is { } exception ? throw exception : ApiKey.Parse(TestClients.TestKey);

        public async ValueTask<ApiKey> GetKeyAsync(CancellationToken cancellationToken)
        {
            await Task.Yield();
            return GetKey(cancellationToken);
        }

        public ApiKey Refresh(ApiKey rejected, CancellationToken cancellationToken) => rejected;

        public ValueTask<ApiKey> RefreshAsync(ApiKey rejected, CancellationToken cancellationToken) => ValueTask.FromResult(rejected);
    }

    private sealed class NullProvider : IApiKeyProvider
    {
        public ApiKey GetKey(CancellationToken cancellationToken) => null!;

        public ValueTask<ApiKey> GetKeyAsync(CancellationToken cancellationToken) => default;

        public ApiKey Refresh(ApiKey rejected, CancellationToken cancellationToken) => null!;

        public ValueTask<ApiKey> RefreshAsync(ApiKey rejected, CancellationToken cancellationToken) => default;
    }

    private sealed class ThrowingHandler(Func<Exception> create) : HttpMessageHandler
    {
        public int Calls { get; private set; }

        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Calls++;
            throw create();
        }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromException<HttpResponseMessage>(Send(request));

        private Exception Send(HttpRequestMessage _)
        {
            Calls++;
            return create();
        }
    }
}
