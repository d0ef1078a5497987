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

    private sealed class CountingHandler : DelegatingHandler
    {
        public int Count { get; private set; }

        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Count++;
            return base.Send(request, cancellationToken);
        }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Count++;
            return base.SendAsync(request, cancellationToken);
        }
    }
}
