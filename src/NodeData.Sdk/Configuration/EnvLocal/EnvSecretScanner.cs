using NodeData.Sdk.Credentials;

namespace NodeData.Sdk.Configuration.EnvLocal;

/// <summary>Finds secrets of the service in a string.</summary>
internal static class EnvSecretScanner
{
    private static readonly string[] Prefixes = [ApiKeyFormat.TestPrefix, ApiKeyFormat.LivePrefix, ApiKeyFormat.WebhookSecretPrefix];

    /// <summary>
    /// Determines whether a string contains a complete API key or webhook secret. A prefix alone, or a prefix followed by dots, is not a secret.
    /// </summary>
    public static bool ContainsSecret(string text) => Array.Exists(Prefixes, prefix => ContainsSecretWithPrefix(prefix, text));

    private static bool ContainsSecretWithPrefix(string prefix, string text)
    {
        for (
            var start = text.IndexOf(prefix, StringComparison.Ordinal);
            start >= 0;
            start = text.IndexOf(prefix, start + 1, StringComparison.Ordinal)
        )
        {
            var rest = text.AsSpan(start);
            var end = rest.IndexOfAnyExcept(ApiKeyFormat.Characters);
            var secret = end < 0 ? rest : rest[..end];
            if (ApiKeyFormat.GetMode(secret) is not null || WebhookSecretFormat.IsWellFormed(secret))
            {
                return true;
            }
        }

        return false;
    }
}
