using System.Text;

namespace NodeData.Sdk.Credentials;

/// <summary>Masks every secret of the service in an external string, such as an error message or an unknown member.</summary>
internal static class SecretText
{
    private static readonly string[] Prefixes =
    [
        ApiKeyFormat.TestPrefix,
        ApiKeyFormat.LivePrefix,
        WebhookSecretFormat.TestPrefix,
        WebhookSecretFormat.LivePrefix,
        WebhookSecretFormat.Prefix,
    ];

    public static string Mask(string text)
    {
        if (!ApiKeyFormat.MayContainSecret(text))
        {
            return text;
        }

        var masked = new StringBuilder(text.Length);
        for (var position = 0; position < text.Length; )
        {
            var rest = text.AsSpan(position);
            var prefixLength = GetPrefixLength(rest);
            if (prefixLength == 0)
            {
                masked.Append(text[position++]);
                continue;
            }

            var secret = rest[..GetSecretLength(rest, prefixLength)];
            // A prefix alone is part of a sentence, or already masked.
            masked.Append(secret.Length == prefixLength ? secret.ToString() : SecretMask.Mask(secret, prefixLength));
            position += secret.Length;
        }

        return masked.ToString();
    }

    private static int GetPrefixLength(ReadOnlySpan<char> text)
    {
        foreach (var prefix in Prefixes)
        {
            if (text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            {
                return prefix.Length;
            }
        }

        return 0;
    }

    private static int GetSecretLength(ReadOnlySpan<char> text, int prefixLength)
    {
        var end = text[prefixLength..].IndexOfAnyExcept(ApiKeyFormat.Characters);
        return end < 0 ? text.Length : prefixLength + end;
    }
}
