namespace NodeData.Sdk.Webhooks.Signing;

/// <summary>Validates the secrets of a verifier or a signer when it is constructed. Both require at least one secret.</summary>
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
                "There is no webhook secret. Pass the secret of the endpoint (whsec_…), or the new and the old secret during a rotation."
            );
        }

        return Array.Exists(all, secret => secret is null)
            ? throw new NodeDataConfigurationException("One of the webhook secrets is null.")
            : all;
    }

    public static WebhookSecret[] EnsureMode(this WebhookSecret[] secrets, KeyMode? required)
    {
        var mismatched = required is null ? null : Array.Find(secrets, secret => secret.Mode is { } mode && mode != required);
        return mismatched is null
            ? secrets
            : throw new NodeDataConfigurationException(
                $"The verifier requires {required} secrets, but one of the secrets is a {mismatched.Mode} secret ({mismatched.Hint}). "
                    + "Test and live are isolated: pass the secret of the endpoint of the required mode."
            );
    }
}
