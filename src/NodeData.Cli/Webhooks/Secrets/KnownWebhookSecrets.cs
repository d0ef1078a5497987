using System.CommandLine;
using NodeData.Cli.CommandLine;
using NodeData.Cli.Credentials;
using NodeData.Cli.Failures;
using NodeData.Sdk;

namespace NodeData.Cli.Webhooks.Secrets;

/// <summary>
/// The webhook secrets of this run: from a file that was named, else the environment, else the nearest <c>.env.local</c>. Never from an argument, which
/// others can read.
/// </summary>
internal static class KnownWebhookSecrets
{
    private const string FileOptionName = "--secret-file";

    public static Option<string?> CreateFileOption() =>
        new(FileOptionName)
        {
            Description = $"A file that holds the secret; else {ClientSettings.WebhookSecretVariable}, else .env.local",
            HelpName = "PATH",
        };

    /// <summary>The secrets, one or more; several while one is being replaced.</summary>
    /// <exception cref="CommandFailedException">There is none, or it stands in a file that git keeps.</exception>
    /// <exception cref="NodeDataConfigurationException">It cannot be read, or is no secret.</exception>
    public static IReadOnlyList<WebhookSecret> Find(Invocation invocation, Option<string?> fileOption, CancellationToken cancellationToken)
    {
        var setting = invocation.Get(fileOption) is { } file
            ? new Setting(new SecretReference($"file:{Path.GetFullPath(file)}").Resolve(FileOptionName), FileOptionName)
            : invocation.GetSettings().WebhookSecret
                ?? throw CommandFailedException.Usage(
                    $"There is no webhook secret. Set {ClientSettings.WebhookSecretVariable} to the endpoint's secret (whsec_…) or to where it lies (file:PATH, "
                        + $"env:NAME, tpm:HANDLE), put it into .env.local, or name a file with {FileOptionName}. The service shows a secret once, when the "
                        + "endpoint is made."
                );
        return setting.File?.GetGitStatus() is { State: EnvLocalGitState.Tracked } report
            ? throw CommandFailedException.Usage(report.Remedy!)
            : setting.ResolveWebhookSecrets(cancellationToken);
    }
}
