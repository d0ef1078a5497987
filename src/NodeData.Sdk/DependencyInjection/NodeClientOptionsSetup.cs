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
    ILoggerFactory? loggers = null,
    EnvLocalVariables? envLocal = null
) : IConfigureNamedOptions<NodeClientOptions>
{
    public void Configure(NodeClientOptions options) => Configure(Options.DefaultName, options);

    public void Configure(string? name, NodeClientOptions options)
    {
        var clientName = name ?? Options.DefaultName;
        options.LoggerFactory = loggers;
        options.EnvLocal = envLocal;
        options.ApiKeyPlace = $"{NodeDataSection.PathOf(clientName)}:ApiKey";
        options.WebhookSecretsPlace = $"{NodeDataSection.PathOf(clientName)}:WebhookSecrets";
        // A named client never takes the secrets that the environment has for the one without a name.
        options.ReadsSecretsFromEnvironment = clientName.Length == 0;
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
