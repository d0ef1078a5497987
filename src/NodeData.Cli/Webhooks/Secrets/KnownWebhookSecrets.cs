using System.CommandLine;
using NodeData.Cli.CommandLine;
using NodeData.Cli.Credentials;
using NodeData.Cli.Failures;
using NodeData.Sdk;

namespace NodeData.Cli.Webhooks.Secrets;

/// <summary>
/// Finds the webhook secrets of an invocation: in the file from the option, else the environment, else the nearest <c>.env.local</c>. Never in an argument,
/// which other users can read.
/// </summary>
internal static class KnownWebhookSecrets
{
    private const string FileOptionName = "--secret-file";

    public static Option<string?> CreateFileOption() =>
        new(FileOptionName)
        {
            Description = $"File that holds the secret; defaults to {ClientSettings.WebhookSecretVariable}, then .env.local",
            HelpName = "PATH",
        };

    /// <summary>Returns the secrets, at least one; several while a secret is being rotated.</summary>
    /// <exception cref="CommandFailedException">No secret is configured, or it is in a file that git tracks.</exception>
    /// <exception cref="NodeDataConfigurationException">It cannot be read, or is not a webhook secret.</exception>
    public static IReadOnlyList<WebhookSecret> Find(Invocation invocation, Option<string?> fileOption, CancellationToken cancellationToken)
    {
        var setting = invocation.Get(fileOption) is { } file
            ? new Setting(new SecretReference($"file:{Path.GetFullPath(file)}").Resolve(FileOptionName), FileOptionName)
            : invocation.GetSettings().WebhookSecret
                ?? throw CommandFailedException.Usage(
                    $"No webhook secret is configured. Set {ClientSettings.WebhookSecretVariable} to the endpoint's secret (whsec_…) or a reference "
                        + $"(file:PATH, env:NAME, tpm:HANDLE), add it to .env.local, or pass a file with {FileOptionName}. The service returns a secret once, "
                        + "when the endpoint is created."
                );
        return setting.File?.GetGitStatus() is { State: EnvLocalGitState.Tracked } report
            ? throw CommandFailedException.Usage(report.Remedy!)
            : setting.ResolveWebhookSecrets(cancellationToken);
    }
}
