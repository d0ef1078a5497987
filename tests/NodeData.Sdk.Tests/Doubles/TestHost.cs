using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using NodeData.Emulator;

namespace NodeData.Sdk.Tests.Doubles;

/// <summary>A host with configuration that the test can change and a log that it can read.</summary>
internal sealed class TestHost : IDisposable
{
    private readonly Dictionary<string, string?> _settings;
    private readonly ReloadableConfigurationSource _source;

    public TestHost(Dictionary<string, string?> settings, Action<IServiceCollection> register)
    {
        _settings = settings;
        _source = new ReloadableConfigurationSource(settings);
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(
            new HostApplicationBuilderSettings { DisableDefaults = true }
        );
        ((IConfigurationBuilder)builder.Configuration).Add(_source);
        builder.Logging.SetMinimumLevel(LogLevel.Trace).AddFakeLogging();
        register(builder.Services);
        Host = builder.Build();
    }

    public static Dictionary<string, string?> CreateSettings(NodeDataEmulator emulator) =>
        new() { ["NodeData:ApiKey"] = emulator.TestKey.Reveal(), ["NodeData:BaseAddress"] = emulator.BaseAddress.AbsoluteUri };

    public IHost Host { get; }

    public IServiceProvider Services => Host.Services;

    public NodeClient Node => Services.GetRequiredService<NodeClient>();

    public IReadOnlyList<FakeLogRecord> LogRecords => Services.GetFakeLogCollector().GetSnapshot();

    /// <summary>Changes a setting while the host is running, and reloads the configuration.</summary>
    public void SetSetting(string path, string? value) => SetSettings(new() { [path] = value });

    /// <summary>Changes several settings at once.</summary>
    public void SetSettings(Dictionary<string, string?> settings)
    {
        foreach (var (path, value) in settings)
        {
            _settings[path] = value;
        }

        _source.Provider!.Reload();
    }

    public void Dispose() => Host.Dispose();

    private sealed class ReloadableConfigurationSource(Dictionary<string, string?> settings) : IConfigurationSource
    {
        public ReloadableConfigurationProvider? Provider { get; private set; }

        public IConfigurationProvider Build(IConfigurationBuilder builder) => Provider = new ReloadableConfigurationProvider(settings);
    }

    private sealed class ReloadableConfigurationProvider(Dictionary<string, string?> settings) : ConfigurationProvider
    {
        public override void Load() => Data = new Dictionary<string, string?>(settings, StringComparer.OrdinalIgnoreCase);

        public void Reload()
        {
            Load();
            OnReload();
        }
    }
}
