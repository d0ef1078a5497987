using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodeData.Sdk.Configuration.EnvLocal;

namespace NodeData.Sdk.DependencyInjection;

/// <summary>
/// Begins a client's options with its section of the configuration, where the host has one, its log, and the resolvers among its services; the delegates in the
/// code come after it.
/// </summary>
internal sealed class NodeClientOptionsSetup(
    IEnumerable<ISecretResolver> resolvers,
    IConfiguration? configuration = null,
    ILoggerFactory? loggerFactory = null,
    EnvLocalVariables? envLocal = null
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
        // A named client never takes the secrets that the environment has for the one without a name.
        options.AllowSecretsFromEnvironment = clientName.Length == 0;
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
