using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NodeData.Sdk.Configuration;
using NodeData.Sdk.Http;
using NodeData.Sdk.Webhooks.Signing;

namespace NodeData.Sdk.DependencyInjection;

/// <summary>A client of an application with the key and the webhook secrets that follow the configuration; one for each name, made when it is first asked for.</summary>
internal sealed class RegisteredClient : IDisposable
{
    private readonly ReloadingKeyProvider _keyProvider;
    private readonly ReloadingOptions _options;

    public RegisteredClient(IServiceProvider services, string clientName)
    {
        var options = services.GetRequiredService<IOptionsMonitor<NodeClientOptions>>().Get(clientName);
        var settings = NodeClientOptionsReader.CreateTransportSettings(options, httpClientAddress: null);
        var logger = settings.Logger;
        _keyProvider = new ReloadingKeyProvider(clientName, options);
        WebhookSecrets = new ConfiguredWebhookSecrets(options, () => _keyProvider.Mode, logger);
        var http = services.GetRequiredService<IHttpClientFactory>().CreateClient(GetHttpClientName(clientName));
        Client = new NodeClient(new NodeTransport(http, _keyProvider, settings), WebhookSecrets);
        var factory = services.GetRequiredService<IOptionsFactory<NodeClientOptions>>();
        _options = new ReloadingOptions(clientName, () => factory.Create(clientName), services.GetService<IConfiguration>(), logger, Apply);
    }

    public NodeClient Client { get; }

    public KeyMode Mode => _keyProvider.Mode;

    public ConfiguredWebhookSecrets WebhookSecrets { get; }

    /// <summary>Why the last change of the configuration, or of what it refers to, was not taken; null where it was.</summary>
    public string? RejectedChange => _options.RejectedChange ?? WebhookSecrets.RejectedChange;

    public static string GetHttpClientName(string clientName) => clientName.Length == 0 ? "NodeData" : $"NodeData:{clientName}";

    public void Dispose()
    {
        _options.Dispose();
        Client.Dispose();
        WebhookSecrets.Dispose();
    }

    private void Apply(NodeClientOptions options)
    {
        var key = _keyProvider.Validate(options);
        WebhookSecrets.Update(options);
        _keyProvider.SwitchTo(key);
    }
}
