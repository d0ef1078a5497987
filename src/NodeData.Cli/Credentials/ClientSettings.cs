using NodeData.Cli.Failures;
using NodeData.Cli.Output;
using NodeData.Sdk;

namespace NodeData.Cli.Credentials;

/// <summary>The key, the base URL and the webhook secret of an invocation, with their sources.</summary>
internal sealed class ClientSettings
{
    public const string KeyVariable = "NODE_DATA_API_KEY";
    public const string AddressVariable = "NODE_DATA_BASE_URL";
    public const string WebhookSecretVariable = "NODE_DATA_WEBHOOK_SECRET";

    // The names of the same settings in a host's configuration.
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

    /// <summary>The nearest <c>.env.local</c>, even if no setting comes from it.</summary>
    public EnvLocalFile? LocalFile { get; }

    /// <summary>The key or a reference to it; null if there is none.</summary>
    public Setting? Key { get; }

    /// <summary>The base URL; null for the service's default.</summary>
    public Setting? Address { get; }

    /// <summary>The webhook secret, several separated by commas, or references to them; null if there is none.</summary>
    public Setting? WebhookSecret { get; }

    /// <exception cref="NodeDataConfigurationException">The <c>.env.local</c> cannot be read.</exception>
    public static ClientSettings Find(Terminal terminal, string? keyFile, string? address) =>
        new(EnvLocalFile.FindNearest(terminal.Folder), keyFile, address);

    /// <exception cref="CommandFailedException">No key is configured, or it is in a file that git tracks.</exception>
    public Setting RequireKey()
    {
        if (Key is null)
        {
            throw CommandFailedException.Usage(
                $"No API key is configured. Set {KeyVariable} to a key or a reference (file:PATH, env:NAME, tpm:HANDLE), add it to .env.local, or pass a file "
                    + "with --key-file. To try the tool without an account: node-data emulator exec -- COMMAND."
            );
        }

        return Key.File?.GetGitStatus() is { State: EnvLocalGitState.Tracked } report
            ? throw CommandFailedException.Usage(report.Remedy!)
            : Key;
    }

    // A base URL in a .env.local applies only to a key in the same file: a cloned repository must not redirect the user's key.
    private Setting? GetAddressFromFile() =>
        Key?.File is not null && ApiKey.TryParse(Key.Value, out _)
            ? GetFromFile(AddressVariable) ?? GetFromFile(HostAddressVariable)
            : null;

    private static Setting? GetFromEnvironment(string name) => Terminal.GetVariable(name) is { } value ? new Setting(value, name) : null;

    private Setting? GetFromFile(string name) =>
        LocalFile?.GetValue(name) is { } value ? new Setting(value, $"{name} in {LocalFile.Path}", LocalFile) : null;
}
