using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using NodeData.Emulator;
using NodeData.Sdk.Configuration.EnvLocal;
using NodeData.Sdk.Tests.Doubles;

namespace NodeData.Sdk.Tests.DependencyInjection;

/// <summary>Tests for key providers among the services of the application.</summary>
public sealed class RegisteredKeyProviderTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_registered_provider_is_used_by_the_unnamed_client(bool providerFirst)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        var credential = new ApiKeyCredential(emulator.TestKey);
        using var host = await StartAsync(
            emulator,
            services =>
            {
                if (providerFirst)
                {
                    services.AddSingleton<IApiKeyProvider>(credential);
                }

                services.AddNodeData();
                services.AddHealthChecks().AddNodeData();
                if (!providerFirst)
                {
                    services.AddSingleton<IApiKeyProvider>(credential);
                }
            }
        );
        var next = await host.Node.Keys.CreateAsync("next", cancellationToken: Token);

        credential.Update(next.Secret);
        host.SetSetting("Unrelated", "1");

        Assert.Equal(next.Id, (await host.Node.Me.GetAsync(Token)).Key!.Id);
        Assert.Equal(KeyMode.Test, host.Node.Mode);
        var health = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(Token);
        Assert.Equal(HealthStatus.Healthy, health.Status);
    }

    [Fact]
    public async Task A_keyed_provider_is_used_by_the_client_of_that_name_only()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var host = await StartAsync(
            emulator,
            services =>
            {
                services.AddKeyedSingleton<IApiKeyProvider>("billing", new ApiKeyCredential(emulator.LiveKey));
                services.AddSingleton<IApiKeyProvider>(new ApiKeyCredential(emulator.TestKey));
                services.AddNodeData();
                services.AddNodeData("billing", options => options.BaseAddress = emulator.BaseAddress);
            }
        );

        var billing = host.Services.GetRequiredKeyedService<NodeClient>("billing");

        Assert.Equal(KeyMode.Live, (await billing.Me.GetAsync(Token)).Key!.Mode);
        Assert.Equal(KeyMode.Test, (await host.Node.Me.GetAsync(Token)).Key!.Mode);
    }

    [Fact]
    public async Task The_provider_of_the_unnamed_client_is_not_used_by_a_named_client()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);

        var error = await Assert.ThrowsAsync<OptionsValidationException>(() =>
            StartAsync(
                emulator,
                services =>
                {
                    services.AddSingleton<IApiKeyProvider>(new ApiKeyCredential(emulator.TestKey));
                    services.AddNodeData("billing");
                }
            )
        );

        Assert.Contains("Set NodeData:Clients:billing:ApiKey", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_provider_beside_a_key_stops_the_host()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);

        foreach (var name in new[] { "", "billing" })
        {
            var path = name.Length == 0 ? "NodeData:ApiKey" : "NodeData:Clients:billing:ApiKey";
            var error = await Assert.ThrowsAsync<OptionsValidationException>(() =>
                StartAsync(
                    emulator,
                    services =>
                    {
                        services.AddKeyedSingleton<IApiKeyProvider>("billing", new ApiKeyCredential(emulator.TestKey));
                        services.AddSingleton<IApiKeyProvider>(new ApiKeyCredential(emulator.TestKey));
                        _ = name.Length == 0 ? services.AddNodeData() : services.AddNodeData(name);
                    },
                    new() { [path] = emulator.TestKey.Reveal() }
                )
            );

            Assert.Contains($"{path} is set, and an IApiKeyProvider is registered", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_key_that_is_added_beside_the_provider_later_is_rejected()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var host = await StartAsync(
            emulator,
            services =>
            {
                services.AddSingleton<IApiKeyProvider>(new ApiKeyCredential(emulator.TestKey));
                services.AddNodeData();
            }
        );
        var before = (await host.Node.Me.GetAsync(Token)).Key!.Id;

        host.SetSetting("NodeData:ApiKey", emulator.LiveKey.Reveal());

        Assert.Equal(before, (await host.Node.Me.GetAsync(Token)).Key!.Id);
        Assert.Contains(
            host.LogRecords,
            record => record.Message.Contains("NodeData:ApiKey is set, and an IApiKeyProvider is registered", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task The_key_is_not_read_before_the_first_call_and_must_have_the_expected_mode()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        var provider = new CountingProvider(emulator.TestKey);
        using var host = await StartAsync(
            emulator,
            services =>
            {
                services.AddSingleton<IApiKeyProvider>(provider);
                services.AddNodeData(options => options.ExpectedMode = KeyMode.Live);
            }
        );
        var node = host.Node;
        Assert.Equal(0, provider.Count);

        await Assert.ThrowsAsync<NodeDataConfigurationException>(() => node.Me.GetAsync(Token));

        Assert.Equal(1, provider.Count);
        Assert.Empty(emulator.Requests);
    }

    [Fact]
    public async Task A_provider_can_be_combined_with_the_callers_HttpClient()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var http = new HttpClient { BaseAddress = emulator.BaseAddress };
        var credential = new ApiKeyCredential(emulator.TestKey);

        using (var node = new NodeClient(http, credential))
        {
            var next = await node.Keys.CreateAsync("next", cancellationToken: Token);
            credential.Update(next.Secret);
            Assert.Equal(next.Id, (await node.Me.GetAsync(Token)).Key!.Id);
        }

        // The caller's HTTP client is not disposed.
        using var second = new NodeClient(http, credential);
        Assert.Equal(KeyMode.Test, second.Me.Get(Token).Key!.Mode);
        Assert.Throws<ArgumentException>(() => new NodeClient(http, credential, new NodeClientOptions { ApiKey = emulator.TestKey }));
        Assert.Throws<ArgumentNullException>(() => new NodeClient(http, (IApiKeyProvider)null!));
    }

    private static async Task<TestHost> StartAsync(
        NodeDataEmulator emulator,
        Action<IServiceCollection> register,
        Dictionary<string, string?>? settings = null
    )
    {
        var host = new TestHost(
            new(settings ?? []) { ["NodeData:BaseAddress"] = emulator.BaseAddress.AbsoluteUri },
            services =>
            {
                // The provider takes precedence over the environment.
                services.AddSingleton(
                    new EnvLocalVariables("/nowhere", new Dictionary<string, string> { ["NODE_DATA_API_KEY"] = emulator.LiveKey.Reveal() })
                );
                register(services);
            }
        );
        await host.Host.StartAsync(Token);
        return host;
    }

    private sealed class CountingProvider(ApiKey key) : IApiKeyProvider
    {
        public int Count { get; private set; }

        public ApiKey GetKey(CancellationToken cancellationToken)
        {
            Count++;
            return key;
        }

        public ValueTask<ApiKey> GetKeyAsync(CancellationToken cancellationToken) => ValueTask.FromResult(GetKey(cancellationToken));
    }
}
