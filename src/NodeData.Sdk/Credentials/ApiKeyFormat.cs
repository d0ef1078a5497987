using System.Buffers;

namespace NodeData.Sdk.Credentials;

/// <summary>Defines the format of an API key (contract, "Authentication").</summary>
internal static class ApiKeyFormat
{
    public const string TestPrefix = "nd_test_";
    public const string LivePrefix = "nd_live_";
    public const string WebhookSecretPrefix = "whsec_";
    public const int PrefixLength = 8;
    public const int MaxLength = 255;

    public static readonly SearchValues<char> Characters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"
    );

    /// <summary>Gets the mode of a well-formed key; null if the string is not a key.</summary>
    public static KeyMode? GetMode(ReadOnlySpan<char> text)
    {
        if (text.Length is <= PrefixLength or > MaxLength || text[PrefixLength..].ContainsAnyExcept(Characters))
        {
            return null;
        }

        return text.StartsWith(TestPrefix, StringComparison.Ordinal) ? KeyMode.Test
            : text.StartsWith(LivePrefix, StringComparison.Ordinal) ? KeyMode.Live
            : null;
    }

    /// <summary>Determines whether a string starts with the prefix of a key.</summary>
    public static bool HasPrefix(ReadOnlySpan<char> text, StringComparison comparison) =>
        text.StartsWith(TestPrefix, comparison) || text.StartsWith(LivePrefix, comparison);

    /// <summary>Determines whether a string contains the prefix of a secret of the service, at any position and in any case.</summary>
    public static bool MayContainSecret(ReadOnlySpan<char> text) =>
        text.Contains(TestPrefix, StringComparison.OrdinalIgnoreCase)
        || text.Contains(LivePrefix, StringComparison.OrdinalIgnoreCase)
        || text.Contains(WebhookSecretPrefix, StringComparison.OrdinalIgnoreCase);
}
