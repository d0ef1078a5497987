namespace NodeData.Sdk.Webhooks.Signing;

/// <summary>The secrets of a verifier or a signer, checked when it is made: there is no way to have one without a secret.</summary>
internal static class SigningSecrets
{
    public static WebhookSecret[] ToArray(WebhookSecret secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        return [secret];
    }

    public static WebhookSecret[] ToArray(IEnumerable<WebhookSecret> secrets)
    {
        ArgumentNullException.ThrowIfNull(secrets);
        WebhookSecret[] all = [.. secrets];
        if (all.Length == 0)
        {
            throw new NodeDataConfigurationException(
                "There is no webhook secret. Give the secret of the endpoint (whsec_…), or the new one and the old one while it is being replaced."
            );
        }

        return Array.Exists(all, secret => secret is null)
            ? throw new NodeDataConfigurationException("One of the webhook secrets is null.")
            : all;
    }

    public static WebhookSecret[] EnsureMode(this WebhookSecret[] secrets, KeyMode? required)
    {
        var other = required is null ? null : Array.Find(secrets, secret => secret.Mode is { } mode && mode != required);
        return other is null
            ? secrets
            : throw new NodeDataConfigurationException(
                $"The verifier takes {required} secrets and was given a {other.Mode} one ({other.Hint}). Test and live never meet: "
                    + "give the secret of the endpoint of the required mode."
            );
    }
}
