using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NodeData.Sdk.Configuration;
using NodeData.Sdk.Diagnostics;
using NodeData.Sdk.Http;
using NodeData.Sdk.Webhooks.Signing;

namespace NodeData.Sdk.DependencyInjection;

/// <summary>
/// Owns a registered client, and updates its key and webhook secrets when the configuration changes. There is one instance for each client name.
/// </summary>
internal sealed class RegisteredClient : IDisposable
{
    private readonly string _clientName;
    private readonly TransportSettings _settings;
    private readonly ReloadingKeyProvider? _configuredKey; // null where the application's services provide the key
    private readonly NodeTransport _transport;
    private readonly ReloadingOptions _options;
    private (string Name, object? Value)[] _pendingChanges = [];

    public RegisteredClient(IServiceProvider services, string clientName)
    {
        var options = services.GetRequiredService<IOptionsMonitor<NodeClientOptions>>().Get(clientName);
        _clientName = clientName;
        _settings = NodeClientOptionsReader.CreateTransportSettings(options, httpClientAddress: null);
        var logger = _settings.Logger;
        _configuredKey = options.HasKeyProvider ? null : new ReloadingKeyProvider(clientName, options);
        var http = services.GetRequiredService<IHttpClientFactory>().CreateClient(GetHttpClientName(clientName));
        _transport = new NodeTransport(http, _configuredKey ?? GetKeyProvider(services, clientName), _settings);
        WebhookSecrets = new ConfiguredWebhookSecrets(options, () => Mode, logger);
        Client = new NodeClient(_transport, WebhookSecrets);
        var factory = services.GetRequiredService<IOptionsFactory<NodeClientOptions>>();
        _options = new ReloadingOptions(clientName, () => factory.Create(clientName), services.GetService<IConfiguration>(), logger, Apply);
    }

    public NodeClient Client { get; }

    /// <summary>Gets the client's mode; null until a key was read from a provider of the application.</summary>
    public KeyMode? Mode => _configuredKey?.Mode ?? _transport.KnownMode;

    public ConfiguredWebhookSecrets WebhookSecrets { get; }

    /// <summary>Gets the reason why the last change of the configuration, or of a secret that it refers to, was rejected; null if it was applied.</summary>
    public string? RejectedChange => _options.RejectedChange ?? WebhookSecrets.RejectedChange;

    // The names in IHttpClientFactory are shared with the application: neither a product name nor the name of a type, which typed clients use.
    public static string GetHttpClientName(string clientName) => $"NodeData.Sdk.NodeClient/{clientName}";

    public void Dispose()
    {
        _options.Dispose();
        Client.Dispose();
        WebhookSecrets.Dispose();
    }

    private static IApiKeyProvider GetKeyProvider(IServiceProvider services, string clientName) =>
        clientName.Length == 0
            ? services.GetRequiredService<IApiKeyProvider>()
            : services.GetRequiredKeyedService<IApiKeyProvider>(clientName);

    private void Apply(NodeClientOptions options)
    {
        var settings = NodeClientOptionsReader.CreateTransportSettings(options, httpClientAddress: null);
        var isSameAddress = settings.BaseAddress == _settings.BaseAddress;
        if (!isSameAddress)
        {
            // First, so that the key is kept even if the rest of the change is rejected.
            _configuredKey?.Hold();
        }

        var key = _configuredKey?.Validate(options);
        WebhookSecrets.Update(options);
        if (isSameAddress && key is not null)
        {
            _configuredKey!.SwitchTo(key);
        }

        (string, object?)[] keyChange = key is not null && _configuredKey!.IsWaiting(key) ? [(nameof(options.ApiKey), key.LastKey)] : [];
        LogPendingChanges([.. RestartSettings.FindChanges(_settings, settings), .. keyChange]);
    }

    // Logged once for each change, not again whenever another part of the configuration changes.
    private void LogPendingChanges((string Name, object? Value)[] changes)
    {
        if (changes.Length > 0 && !changes.AsSpan().SequenceEqual(_pendingChanges))
        {
            var names = string.Join(", ", changes.Select(change => change.Name));
            _settings.Logger.RestartRequired(NodeDataSection.GetPath(_clientName), names);
        }

        _pendingChanges = changes;
    }
}
