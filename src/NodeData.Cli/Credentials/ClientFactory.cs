using NodeData.Cli.Failures;
using NodeData.Cli.Output;
using NodeData.Cli.Verbose;
using NodeData.Sdk;
using NodeData.Sdk.Tpm;

namespace NodeData.Cli.Credentials;

/// <summary>Makes the client of a run.</summary>
internal static class ClientFactory
{
    /// <exception cref="CommandFailedException">There is no key, or the key or the address cannot be used.</exception>
    public static NodeClient Create(ClientSettings settings, Terminal terminal, bool isVerbose)
    {
        if (isVerbose)
        {
            RequestReport.Start(terminal);
        }

        var key = settings.RequireKey();
        try
        {
            return new NodeClient(CreateOptions(key, settings.Address, terminal, isVerbose));
        }
        catch (NodeDataConfigurationException exception)
        {
            // What is wrong is said of the place where it stands.
            var message = exception
                .Message.Replace("NodeClientOptions.ApiKey", key.Source, StringComparison.Ordinal)
                .Replace("NodeClientOptions.BaseAddress", settings.Address?.Source ?? "--base-url", StringComparison.Ordinal);
            throw CommandFailedException.Usage(message, exception);
        }
    }

    private static NodeClientOptions CreateOptions(Setting key, Setting? address, Terminal terminal, bool isVerbose) =>
        new()
        {
            ApiKey = key.Value,
            BaseAddress = address is null ? null : new Uri(address.Value, UriKind.RelativeOrAbsolute),
            LoggerFactory = new TerminalLogger(terminal, isVerbose),
            SecretResolvers = { new TpmSecretResolver() },
        };
}
