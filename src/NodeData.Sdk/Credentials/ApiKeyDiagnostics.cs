using System.Globalization;

namespace NodeData.Sdk.Credentials;

/// <summary>
/// Describes why a string is not an API key, and the remedy. The description continues a sentence that starts with the name of the setting. It describes the
/// format of the string and never contains any part of it.
/// </summary>
internal static class ApiKeyDiagnostics
{
    private const string Remedy = "An API key begins with nd_test_ or nd_live_.";

    public static string Describe(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return $"is empty. {Remedy}";
        }

        if (string.IsNullOrWhiteSpace(text))
        {
            return $"is blank: it holds only white space. {Remedy}";
        }

        return DescribeWrapping(text) ?? DescribePrefix(text) ?? DescribeSecretPart(text.AsSpan(ApiKeyFormat.PrefixLength));
    }

    private static string? DescribeWrapping(string text)
    {
        if (text.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            return "includes the word 'Bearer'. Specify only the key; the client adds the scheme.";
        }

        if (text[0] is '"' or '\'' or '`' or '“' or '‘')
        {
            return "is enclosed in quotes. Remove the quotes.";
        }

        if (char.IsWhiteSpace(text[0]) || (char.IsWhiteSpace(text[^1]) && ApiKeyFormat.GetMode(text.AsSpan().TrimEnd()) is not null))
        {
            return "has white space or a line break around it. Trim it.";
        }

        return text.StartsWith(ApiKeyFormat.WebhookSecretPrefix, StringComparison.OrdinalIgnoreCase)
            ? $"holds a webhook secret (whsec_…). It verifies deliveries and belongs in WebhookSecrets (NODE_DATA_WEBHOOK_SECRET). {Remedy}"
            : null;
    }

    private static string? DescribePrefix(string text)
    {
        if (ApiKeyFormat.HasPrefix(text, StringComparison.Ordinal))
        {
            return null;
        }

        if (ApiKeyFormat.HasPrefix(text, StringComparison.OrdinalIgnoreCase))
        {
            return "begins with a prefix in upper case. Keys begin with nd_test_ or nd_live_ in lower case.";
        }

        if (text is "nd_test" or "nd_live")
        {
            return "is a prefix without its separator and secret. Copy the whole key.";
        }

        if (text.StartsWith("nd_", StringComparison.Ordinal))
        {
            return "names an unknown mode. Keys begin with nd_test_ or nd_live_.";
        }

        return string.Create(
            CultureInfo.InvariantCulture,
            $"is not a Node Data key: {text.Length} characters with an unknown prefix. {Remedy}"
        );
    }

    private static string DescribeSecretPart(ReadOnlySpan<char> secret)
    {
        if (secret.IsEmpty)
        {
            return "has nothing after its prefix. Copy the whole key.";
        }

        if (secret.Length + ApiKeyFormat.PrefixLength > ApiKeyFormat.MaxLength)
        {
            return $"is longer than {ApiKeyFormat.MaxLength} characters. Was something pasted after it?";
        }

        if (SecretMask.IsPlaceholder(secret))
        {
            return "is a placeholder from the documentation or a masked key, not a key. The service shows a key once, when it is created.";
        }

        var position = secret.IndexOfAnyExcept(ApiKeyFormat.Characters);
        var kind = CharacterKind.Describe(secret[position]);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"holds {kind} at character {position + ApiKeyFormat.PrefixLength + 1}. Only A-Z a-z 0-9 _ - are allowed after the prefix."
        );
    }
}
