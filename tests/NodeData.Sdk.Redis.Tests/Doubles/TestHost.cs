using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Redis.Tests.Doubles;

/// <summary>A host with the configuration of the test and a collector of its log records.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    public TestHost(Dictionary<string, string?> settings, Action<IServiceCollection> register)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(
            new HostApplicationBuilderSettings { DisableDefaults = true }
        );
        // A timeout that only a hang reaches, not a slow machine.
        builder.Configuration.AddInMemoryCollection([new("NodeData:Webhooks:Redis:CallTimeout", "00:01:00")]);
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Logging.SetMinimumLevel(LogLevel.Trace).AddFakeLogging();
        register(builder.Services);
        Host = builder.Build();
    }

    public IHost Host { get; }

    public IWebhookClaimStore Store => Host.Services.GetRequiredService<IWebhookClaimStore>();

    public IReadOnlyList<FakeLogRecord> LogRecords => Host.Services.GetFakeLogCollector().GetSnapshot();

    public Task StartAsync() => Host.StartAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => ((IAsyncDisposable)Host).DisposeAsync();
}
