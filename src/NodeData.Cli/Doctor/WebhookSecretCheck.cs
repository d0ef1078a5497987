using NodeData.Cli.Credentials;
using NodeData.Cli.Output;
using NodeData.Sdk;

namespace NodeData.Cli.Doctor;

/// <summary>Checks the webhook secrets and whether their mode matches the key.</summary>
internal static class WebhookSecretCheck
{
    private const string Check = "webhook secret";

    public static Finding Run(ClientSettings settings, CancellationToken cancellationToken)
    {
        if (settings.WebhookSecret is not { } setting)
        {
            return Finding.Note(Check, $"not set; a webhook receiver needs {ClientSettings.WebhookSecretVariable}");
        }

        try
        {
            var secrets = setting.ResolveWebhookSecrets(cancellationToken);
            var shown = $"{string.Join(", ", secrets.Select(secret => secret.Hint))} from {setting.Source}";
            var keyMode = GetKeyMode(settings, cancellationToken);
            var mismatch = secrets.FirstOrDefault(secret => keyMode is not null && secret.Mode is { } mode && mode != keyMode);
            return mismatch is null
                ? Finding.Ok(Check, shown)
                : Finding.Error(
                    Check,
                    $"{shown}: {ModeText.Format(mismatch.Mode)} mode, but the key is of {ModeText.Format(keyMode)} mode",
                    "Set a key and a secret of the same mode: test and live are isolated."
                );
        }
        catch (NodeDataConfigurationException exception)
        {
            return Finding.Error(Check, $"{setting.Source} cannot be used", exception.Message);
        }
    }

    private static KeyMode? GetKeyMode(ClientSettings settings, CancellationToken cancellationToken)
    {
        try
        {
            return settings.Key?.ResolveKey(cancellationToken).Mode;
        }
        catch (NodeDataConfigurationException)
        {
            // The check of the key reports it.
            return null;
        }
    }
}
