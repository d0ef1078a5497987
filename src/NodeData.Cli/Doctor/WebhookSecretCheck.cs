using NodeData.Cli.Credentials;
using NodeData.Cli.Output;
using NodeData.Sdk;

namespace NodeData.Cli.Doctor;

/// <summary>The webhook secrets, and whether they go with the key.</summary>
internal static class WebhookSecretCheck
{
    private const string Check = "webhook secret";

    public static Finding Run(ClientSettings settings, CancellationToken cancellationToken)
    {
        if (settings.WebhookSecret is not { } setting)
        {
            return Finding.Note(Check, $"none; a receiver needs {ClientSettings.WebhookSecretVariable}");
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
                    $"{shown}: of {ModeText.Format(mismatch.Mode)} mode, and the key is of {ModeText.Format(keyMode)} mode",
                    "Set both of one mode: test and live never meet."
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
            // Told by the look at the key.
            return null;
        }
    }
}
