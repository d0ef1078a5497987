using NodeData.Cli.Credentials;
using NodeData.Cli.Output;
using NodeData.Sdk;

namespace NodeData.Cli.Doctor;

/// <summary>The webhook secrets, and whether they go with the key.</summary>
internal static class WebhookSecretCheck
{
    private const string Check = "webhook secret";

    public static Finding Look(ClientSettings settings, CancellationToken cancellationToken)
    {
        if (settings.WebhookSecret is not { } setting)
        {
            return Finding.Note(Check, $"none; a receiver needs {ClientSettings.WebhookSecretVariable}");
        }

        try
        {
            var secrets = setting.RevealWebhookSecrets(cancellationToken);
            var shown = $"{string.Join(", ", secrets.Select(secret => secret.Hint))} from {setting.Source}";
            var keyMode = ModeOfKey(settings, cancellationToken);
            var other = secrets.FirstOrDefault(secret => keyMode is not null && secret.Mode is { } mode && mode != keyMode);
            return other is null
                ? Finding.Good(Check, shown)
                : Finding.Problem(
                    Check,
                    $"{shown}: of {ModeText.Of(other.Mode)} mode, and the key is of {ModeText.Of(keyMode)} mode",
                    "Set both of one mode: test and live never meet."
                );
        }
        catch (NodeDataConfigurationException mistake)
        {
            return Finding.Problem(Check, $"{setting.Source} cannot be used", mistake.Message);
        }
    }

    private static KeyMode? ModeOfKey(ClientSettings settings, CancellationToken cancellationToken)
    {
        try
        {
            return settings.Key?.RevealKey(cancellationToken).Mode;
        }
        catch (NodeDataConfigurationException)
        {
            // Told by the look at the key.
            return null;
        }
    }
}
