using System.Globalization;

namespace NodeData.Sdk.Credentials;

/// <summary>
/// Describes why a string is not a webhook secret, and the remedy. The description continues a sentence that starts with the name of the setting. It describes
/// the format of the string and never contains any part of it.
/// </summary>
internal static class WebhookSecretDiagnostics
{
    private const string Remedy = "A webhook secret begins with whsec_test_, whsec_live_ or whsec_.";

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

        return DescribeWrapping(text) ?? DescribePrefix(text) ?? DescribeSecretPart(text, WebhookSecretFormat.GetPrefixLength(text));
    }

    private static string? DescribeWrapping(string text)
    {
        if (text[0] is '"' or '\'' or '`' or '“' or '‘')
        {
            return "is enclosed in quotes. Remove the quotes.";
        }

        if (char.IsWhiteSpace(text[0]) || (char.IsWhiteSpace(text[^1]) && WebhookSecretFormat.IsWellFormed(text.AsSpan().TrimEnd())))
        {
            return "has white space or a line break around it. Trim it.";
        }

        return ApiKeyFormat.HasPrefix(text, StringComparison.OrdinalIgnoreCase)
            ? $"holds an API key (nd_…). An API key authenticates calls; it does not verify deliveries. {Remedy}"
            : null;
    }

    private static string? DescribePrefix(string text)
    {
        if (text.StartsWith(WebhookSecretFormat.Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        if (text.StartsWith(WebhookSecretFormat.Prefix, StringComparison.OrdinalIgnoreCase))
        {
            return "begins with a prefix in upper case. Webhook secrets begin with whsec_ in lower case.";
        }

        return string.Create(
            CultureInfo.InvariantCulture,
            $"is not a Node Data webhook secret: {text.Length} characters with an unknown prefix. {Remedy}"
        );
    }

    private static string DescribeSecretPart(string text, int prefixLength)
    {
        var secret = text.AsSpan(prefixLength);
        if (secret.IsEmpty)
        {
            return "has nothing after its prefix. Copy the whole secret.";
        }

        if (SecretMask.IsPlaceholder(secret))
        {
            return "is a placeholder from the documentation or a masked secret, not a secret. "
                + "The service shows a webhook secret once, when the endpoint is created.";
        }

        var position = secret.IndexOfAnyExcept(ApiKeyFormat.Characters);
        if (position >= 0)
        {
            var kind = CharacterKind.Describe(secret[position]);
            return string.Create(
                CultureInfo.InvariantCulture,
                $"holds {kind} at character {position + prefixLength + 1}. Only A-Z a-z 0-9 _ - are allowed after the prefix."
            );
        }

        return secret.Length < WebhookSecretFormat.MinSecretLength
            ? $"has fewer than {WebhookSecretFormat.MinSecretLength} characters after its prefix. Copy the whole secret."
            : $"has more than {WebhookSecretFormat.MaxSecretLength} characters after its prefix. Was something pasted after it?";
    }
}
