using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodeData.Sdk.Configuration.EnvLocal;

namespace NodeData.Sdk.DependencyInjection;

/// <summary>
/// Initializes the options of a client from its configuration section, if the host has a configuration, and sets the host's logger factory and the registered
/// resolvers. The delegates that configure the options in code run afterwards.
/// </summary>
internal sealed class NodeClientOptionsSetup(
    IEnumerable<ISecretResolver> resolvers,
    IConfiguration? configuration = null,
    ILoggerFactory? loggerFactory = null,
    EnvLocalVariables? envLocal = null,
    IServiceProviderIsKeyedService? registrations = null
) : IConfigureNamedOptions<NodeClientOptions>
{
    public void Configure(NodeClientOptions options) => Configure(Options.DefaultName, options);

    public void Configure(string? name, NodeClientOptions options)
    {
        var clientName = name ?? Options.DefaultName;
        options.LoggerFactory = loggerFactory;
        options.EnvLocal = envLocal;
        options.ApiKeySetting = $"{NodeDataSection.GetPath(clientName)}:ApiKey";
        options.WebhookSecretsSetting = $"{NodeDataSection.GetPath(clientName)}:WebhookSecrets";
        // The secrets in the environment belong to the unnamed client; a named client never uses them.
        options.AllowSecretsFromEnvironment = clientName.Length == 0;
        // Only whether there is one: the provider may depend on services that need these options.
        options.HasKeyProvider =
            clientName.Length == 0
                ? registrations?.IsService(typeof(IApiKeyProvider)) is true
                : registrations?.IsKeyedService(typeof(IApiKeyProvider), clientName) is true;
        foreach (var resolver in resolvers)
        {
            options.SecretResolvers.Add(resolver);
        }

        if (configuration is not null)
        {
            NodeDataSection.Read(configuration, clientName, options);
        }
    }
}
