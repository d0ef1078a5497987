using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using NodeData.Emulator;
using NodeData.Sdk.Tests.Doubles;

namespace NodeData.Sdk.Tests.DependencyInjection;

/// <summary>Tests for the client's HTTP client in an application that configures HTTP clients itself.</summary>
public sealed class HandlerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_standard_resilience_handler_for_all_clients_does_not_retry_a_POST(bool defaultsFirst)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var host = new TestHost(
            TestHost.CreateSettings(emulator),
            services =>
            {
                if (defaultsFirst)
                {
                    services.ConfigureHttpClientDefaults(http => http.AddStandardResilienceHandler());
                }

                services.AddNodeData();
                if (!defaultsFirst)
                {
                    services.ConfigureHttpClientDefaults(http => http.AddStandardResilienceHandler());
                }
            }
        );
        await host.Host.StartAsync(Token);
        emulator.Faults.Enqueue("/keys", EmulatorFault.RespondWith(503), 5);

        await Assert.ThrowsAsync<NodeDataServerException>(() => host.Node.Keys.CreateAsync("x", cancellationToken: Token));

        Assert.Single(emulator.Requests);
    }

    [Fact]
    public async Task A_handler_added_to_this_client_is_kept_and_the_logging_of_the_factory_is_removed()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        var counting = new CountingHandler();
        using var host = new TestHost(
            TestHost.CreateSettings(emulator),
            services => services.AddNodeData().AddHttpMessageHandler(() => counting)
        );
        await host.Host.StartAsync(Token);

        await host.Node.Me.GetAsync(Token);
        host.Node.Me.Get(Token);

        Assert.Equal(2, counting.Count);
        Assert.DoesNotContain(host.LogRecords, record => record.Category!.StartsWith("System.Net.Http", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("NodeData", "", true)]
    [InlineData("NodeData", "", false)]
    [InlineData("NodeData:billing", "billing", true)]
    [InlineData("NodeData:billing", "billing", false)]
    [InlineData("NodeClient", "", true)]
    [InlineData("NodeClient", "", false)]
    [InlineData("NodeData.Sdk.NodeClient", "", true)]
    [InlineData("NodeData.Sdk.NodeClient", "", false)]
    public async Task An_HTTP_client_of_the_application_and_the_one_of_the_client_are_separate(
        string httpClientName,
        string clientName,
        bool applicationFirst
    )
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        var settings = TestHost.CreateSettings(emulator);
        settings["NodeData:Clients:billing:ApiKey"] = emulator.TestKey.Reveal();
        settings["NodeData:Clients:billing:BaseAddress"] = emulator.BaseAddress.AbsoluteUri;
        var primary = new RecordingHandler();
        var counting = new CountingHandler();
        var ours = new CountingHandler();
        void AddApplication(IServiceCollection services) =>
            services
                .AddHttpClient(httpClientName, http => http.DefaultRequestHeaders.Add("X-Application", "its own"))
                .ConfigurePrimaryHttpMessageHandler(() => primary)
                .AddHttpMessageHandler(() => counting);
        using var host = new TestHost(
            settings,
            services =>
            {
                if (applicationFirst)
                {
                    AddApplication(services);
                }

                var builder = clientName.Length == 0 ? services.AddNodeData() : services.AddNodeData(clientName);
                builder.AddHttpMessageHandler(() => ours);
                if (!applicationFirst)
                {
                    AddApplication(services);
                }
            }
        );
        await host.Host.StartAsync(Token);
        var node = clientName.Length == 0 ? host.Node : host.Services.GetRequiredKeyedService<NodeClient>(clientName);

        await node.Me.GetAsync(Token);
        Assert.Equal(0, counting.Count);
        Assert.Null(primary.Headers);
        Assert.Equal(1, ours.Count);
        Assert.DoesNotContain(ours.Headers!, header => header.Key == "X-Application");

        var application = host.Services.GetRequiredService<IHttpClientFactory>().CreateClient(httpClientName);
        using var response = await application.GetAsync(new Uri("http://application.example/"), Token);
        Assert.Equal(1, ours.Count);
        Assert.Equal(1, counting.Count);
        Assert.Contains(primary.Headers!, header => header.Key == "X-Application");
        Assert.Equal(TimeSpan.FromSeconds(100), application.Timeout);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var host = new TestHost(TestHost.CreateSettings(emulator), services => services.AddNodeData());
        await host.Host.StartAsync(Token);
        emulator.Faults.Enqueue(
            "/me",
            EmulatorFault.RespondWith(302, "", new Dictionary<string, string> { ["Location"] = $"{emulator.BaseAddress}/keys" })
        );

        await Assert.ThrowsAsync<NodeDataApiException>(() => host.Node.Me.GetAsync(Token));

        Assert.Single(emulator.Requests);
    }

    private sealed class RecordingHandler : HttpMessageHandler
    {
        public HttpRequestHeaders? Headers { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Headers = request.Headers;
            return Task.FromResult(new HttpResponseMessage { RequestMessage = request });
        }
    }

    private sealed class CountingHandler : DelegatingHandler
    {
        public int Count { get; private set; }

        public HttpRequestHeaders? Headers { get; private set; }

        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Count++;
            return base.Send(request, cancellationToken);
        }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Count++;
            Headers = request.Headers;
            return base.SendAsync(request, cancellationToken);
        }
    }
}
