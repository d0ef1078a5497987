using NodeData.Cli.Failures;
using NodeData.Cli.Output;
using NodeData.Sdk;

namespace NodeData.Cli.Credentials;

/// <summary>Where the key, the address and the webhook secret of a run come from.</summary>
internal sealed class ClientSettings
{
    public const string KeyVariable = "NODE_DATA_API_KEY";
    public const string AddressVariable = "NODE_DATA_BASE_URL";
    public const string WebhookSecretVariable = "NODE_DATA_WEBHOOK_SECRET";

    // The same settings under the names that a host's configuration has for them.
    private const string HostKeyVariable = "NodeData__ApiKey";
    private const string HostAddressVariable = "NodeData__BaseAddress";

    private ClientSettings(EnvLocalFile? local, string? keyFile, string? address)
    {
        LocalFile = local;
        Key = keyFile is not null
            ? new Setting($"file:{Path.GetFullPath(keyFile)}", "--key-file")
            : GetFromEnvironment(KeyVariable) ?? GetFromFile(KeyVariable) ?? GetFromFile(HostKeyVariable);
        Address = address is not null ? new Setting(address, "--base-url") : GetFromEnvironment(AddressVariable) ?? GetAddressFromFile();
        WebhookSecret = GetFromEnvironment(WebhookSecretVariable) ?? GetFromFile(WebhookSecretVariable);
    }

    /// <summary>The nearest <c>.env.local</c>, whether anything of it counts or not.</summary>
    public EnvLocalFile? LocalFile { get; }

    /// <summary>The key or where it lies; null where there is none.</summary>
    public Setting? Key { get; }

    /// <summary>The address; null for the service's own.</summary>
    public Setting? Address { get; }

    /// <summary>The secret of webhook deliveries, or several with commas between them, or where they lie; null where there is none.</summary>
    public Setting? WebhookSecret { get; }

    /// <exception cref="NodeDataConfigurationException">The <c>.env.local</c> cannot be read.</exception>
    public static ClientSettings Find(Terminal terminal, string? keyFile, string? address) =>
        new(EnvLocalFile.FindNearest(terminal.Folder), keyFile, address);

    /// <exception cref="CommandFailedException">There is no key, or it stands in a file that git keeps.</exception>
    public Setting RequireKey()
    {
        if (Key is null)
        {
            throw CommandFailedException.Usage(
                $"There is no API key. Set {KeyVariable} to a key or to where it lies (file:PATH, env:NAME, tpm:HANDLE), put it into .env.local, or name a "
                    + "file with --key-file. To try without an account: node-data emulator exec -- COMMAND."
            );
        }

        return Key.File?.GetGitStatus() is { State: EnvLocalGitState.Tracked } report
            ? throw CommandFailedException.Usage(report.Remedy!)
            : Key;
    }

    // Only a key that stands in the same file goes to an address in it: a repository of somebody else's must not lead one's own key away.
    private Setting? GetAddressFromFile() =>
        Key?.File is not null && ApiKey.TryParse(Key.Value, out _)
            ? GetFromFile(AddressVariable) ?? GetFromFile(HostAddressVariable)
            : null;

    private static Setting? GetFromEnvironment(string name) => Terminal.GetVariable(name) is { } value ? new Setting(value, name) : null;

    private Setting? GetFromFile(string name) =>
        LocalFile?.GetValue(name) is { } value ? new Setting(value, $"{name} in {LocalFile.Path}", LocalFile) : null;
}
