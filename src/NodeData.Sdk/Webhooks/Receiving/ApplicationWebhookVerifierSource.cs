using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using NodeData.Sdk.Configuration.EnvLocal;
using NodeData.Sdk.DependencyInjection;
using NodeData.Sdk.Diagnostics;
using NodeData.Sdk.Webhooks.Signing;

namespace NodeData.Sdk.Webhooks.Receiving;

/// <summary>
/// Provides a verifier with the secrets of an application's configuration, and follows changes of the configuration. No client is required: an application that
/// only receives webhooks needs no API key. If a client is registered, its options are used instead of the configuration, and the secrets must have the
/// client's mode.
/// </summary>
internal sealed class ApplicationWebhookVerifierSource : IWebhookVerifierSource
{
    private readonly ConfiguredWebhookSecrets _secrets;
    private readonly ReloadingOptions _reloading;

    /// <exception cref="NodeDataConfigurationException">There is no secret, or a setting is invalid.</exception>
    public ApplicationWebhookVerifierSource(IServiceProvider services, WebhookReceiverOptions options)
    {
        var configuration = services.GetService<IConfiguration>();
        var logger = services.GetService<ILogger<WebhookReceiver>>() ?? NullLogger<WebhookReceiver>.Instance;
        var client = services.GetKeyedService<RegisteredClient>(options.ClientName);
        NodeClientOptions Read()
        {
            var read = client is null
                ? FromConfiguration(services, configuration, options.ClientName)
                : services.GetRequiredService<IOptionsFactory<NodeClientOptions>>().Create(options.ClientName);
            read.WebhookSecrets = options.WebhookSecrets ?? read.WebhookSecrets;
            return read;
        }

        var initial = Read();
        if (client is null)
        {
            // Where a client is registered, the validation of its options has logged them.
            initial.UnknownSettings.ForEach(logger.UnknownSetting);
        }

        _secrets = new ConfiguredWebhookSecrets(initial, () => client?.Mode, logger, options.CreateVerifierOptions());
        // Read now, so that a receiver without a secret fails at startup.
        _ = _secrets.Verifier;
        _reloading = new ReloadingOptions(options.ClientName, Read, configuration, logger, _secrets.Update);
    }

    public WebhookVerifier Verifier => _secrets.Verifier;

    public void Dispose()
    {
        _reloading.Dispose();
        _secrets.Dispose();
    }

    private static NodeClientOptions FromConfiguration(IServiceProvider services, IConfiguration? configuration, string clientName)
    {
        var options = new NodeClientOptions();
        new NodeClientOptionsSetup(
            services.GetServices<ISecretResolver>(),
            configuration,
            services.GetService<ILoggerFactory>(),
            services.GetService<EnvLocalVariables>()
        ).Configure(clientName, options);
        return options.UnreadableSettings.Count == 0
            ? options
            : throw new NodeDataConfigurationException(string.Join(Environment.NewLine, options.UnreadableSettings));
    }
}
