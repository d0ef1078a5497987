using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using NodeData.Emulator;

namespace NodeData.Sdk.Tests.Doubles;

/// <summary>Hosts whose configuration the test writes, and whose log it reads.</summary>
internal sealed class Hosts : IDisposable
{
    private readonly Dictionary<string, string?> _settings;
    private readonly Source _source;

    public Hosts(Dictionary<string, string?> settings, Action<IServiceCollection> register)
    {
        _settings = settings;
        _source = new Source(settings);
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(
            new HostApplicationBuilderSettings { DisableDefaults = true }
        );
        ((IConfigurationBuilder)builder.Configuration).Add(_source);
        builder.Logging.SetMinimumLevel(LogLevel.Trace).AddFakeLogging();
        register(builder.Services);
        Host = builder.Build();
    }

    public static Dictionary<string, string?> SettingsOf(NodeDataEmulator emulator) =>
        new() { ["NodeData:ApiKey"] = emulator.TestKey.Reveal(), ["NodeData:BaseAddress"] = emulator.BaseAddress.AbsoluteUri };

    public IHost Host { get; }

    public IServiceProvider Services => Host.Services;

    public NodeClient Node => Services.GetRequiredService<NodeClient>();

    public IReadOnlyList<FakeLogRecord> Log => Services.GetFakeLogCollector().GetSnapshot();

    /// <summary>Changes the configuration while the host runs.</summary>
    public void Change(string path, string? value)
    {
        _settings[path] = value;
        _source.Provider!.Reload();
    }

    public void Dispose() => Host.Dispose();

    private sealed class Source(Dictionary<string, string?> settings) : IConfigurationSource
    {
        public Provider? Provider { get; private set; }

        public IConfigurationProvider Build(IConfigurationBuilder builder) => Provider = new Provider(settings);
    }

    private sealed class Provider(Dictionary<string, string?> settings) : ConfigurationProvider
    {
        public override void Load() => Data = new Dictionary<string, string?>(settings, StringComparer.OrdinalIgnoreCase);

        public void Reload()
        {
            Load();
            OnReload();
        }
    }
}
