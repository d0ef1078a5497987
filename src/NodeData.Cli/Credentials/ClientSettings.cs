using NodeData.Cli.Failures;
using NodeData.Cli.Output;
using NodeData.Cli.Verbose;
using NodeData.Sdk;
using NodeData.Sdk.Tpm;

namespace NodeData.Cli.Credentials;

/// <summary>Where the key and the address of a run come from.</summary>
internal sealed class ClientSettings
{
    public const string KeyVariable = "NODE_DATA_API_KEY";
    public const string AddressVariable = "NODE_DATA_BASE_URL";

    private ClientSettings(Setting? key, Setting? address) => (Key, Address) = (key, address);

    /// <summary>The key or where it lies; null where there is none.</summary>
    public Setting? Key { get; }

    /// <summary>The address; null for the service's own.</summary>
    public Setting? Address { get; }

    public static ClientSettings Find(Terminal terminal, string? keyFile, string? address)
    {
        var given = keyFile is not null ? new Setting($"file:{Path.GetFullPath(keyFile)}", "--key-file") : FromEnvironment(KeyVariable);
        var place = address is not null ? new Setting(address, "--base-url") : FromEnvironment(AddressVariable);
        if (given is not null || LocalFile(terminal) is not { } local)
        {
            return new ClientSettings(given, place);
        }

        // Only a key of the same file goes to an address in it: a repository of somebody else's must not lead one's own key away.
        var key = FromFile(local, KeyVariable) ?? FromFile(local, "NodeData__ApiKey");
        return new ClientSettings(
            key,
            key is null ? place : place ?? FromFile(local, AddressVariable) ?? FromFile(local, "NodeData__BaseAddress")
        );
    }

    /// <exception cref="CommandFailedException">There is no key.</exception>
    /// <exception cref="NodeDataConfigurationException">The key or the address cannot be used.</exception>
    public NodeClient Open(Terminal terminal, bool isVerbose) =>
        Key is null
            ? throw CommandFailedException.Usage(
                $"There is no API key. Set {KeyVariable} to a key or to where it lies (file:PATH, env:NAME, tpm:HANDLE), put it into .env.local, or name a "
                    + "file with --key-file. To try without an account: node-data emulator exec -- COMMAND."
            )
            : Open(OptionsFor(terminal, isVerbose));

    // What is wrong is said of the place where it stands.
    private NodeClient Open(NodeClientOptions options)
    {
        try
        {
            return new NodeClient(options);
        }
        catch (NodeDataConfigurationException mistake)
        {
            var message = mistake.Message.Replace("NodeClientOptions.ApiKey", Key!.Source, StringComparison.Ordinal);
            throw CommandFailedException.Usage(
                Address is null ? message : message.Replace("NodeClientOptions.BaseAddress", Address.Source, StringComparison.Ordinal),
                mistake
            );
        }
    }

    private NodeClientOptions OptionsFor(Terminal terminal, bool isVerbose)
    {
        var options = new NodeClientOptions { ApiKey = Key!.Value, LoggerFactory = new TerminalLog(terminal, isVerbose) };
        options.SecretResolvers.Add(new TpmSecretResolver());
        if (Address is not null)
        {
            options.BaseAddress = new Uri(Address.Value, UriKind.RelativeOrAbsolute);
        }

        if (isVerbose)
        {
            RequestReport.Begin(terminal);
        }

        return options;
    }

    private static Setting? FromEnvironment(string name) => Terminal.Variable(name) is { } value ? new Setting(value, name) : null;

    private static Setting? FromFile(EnvLocalFile file, string name) =>
        file.Find(name) is { } value ? new Setting(value, $"{name} in {file.Path}") : null;

    private static EnvLocalFile? LocalFile(Terminal terminal)
    {
        var file = EnvLocalFile.Nearest(terminal.Folder);
        return file?.AskGit() is { State: EnvLocalGitState.Tracked } report ? throw CommandFailedException.Usage(report.Cure!) : file;
    }
}
