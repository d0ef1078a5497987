using Microsoft.Extensions.Configuration;
using NodeData.Cli.Failures;
using NodeData.Cli.Output;
using NodeData.Cli.Verbose;
using NodeData.Sdk;
using NodeData.Sdk.Tpm;

namespace NodeData.Cli.Credentials;

/// <summary>Creates the client of an invocation.</summary>
internal static class ClientFactory
{
    /// <exception cref="CommandFailedException">No key is configured, or the key or the address is invalid.</exception>
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
            // The message names the source of the setting instead of the option.
            var message = exception.Message.Replace(
                "NodeClientOptions.BaseAddress",
                settings.Address?.Source ?? "--base-url",
                StringComparison.Ordinal
            );
            throw CommandFailedException.Usage(message, exception);
        }
    }

    private static NodeClientOptions CreateOptions(Setting key, Setting? address, Terminal terminal, bool isVerbose) =>
        new()
        {
            // As a section, so that messages (a rejected key in a response, too) name the source of the key.
            ApiKeySection = CreateSection(key),
            BaseAddress = address is null ? null : new Uri(address.Value, UriKind.RelativeOrAbsolute),
            LoggerFactory = new TerminalLogger(terminal, isVerbose),
            SecretResolvers = { new TpmSecretResolver() },
        };

    private static IConfigurationSection CreateSection(Setting key) =>
        new ConfigurationBuilder().AddInMemoryCollection([new(key.Source, key.Value)]).Build().GetSection(key.Source);
}
