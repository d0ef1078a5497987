namespace NodeData.Sdk.Credentials;

/// <summary>Defines the format of a webhook secret (contract, "Authentication").</summary>
internal static class WebhookSecretFormat
{
    public const string Prefix = ApiKeyFormat.WebhookSecretPrefix;
    public const string TestPrefix = Prefix + "test_";
    public const string LivePrefix = Prefix + "live_";
    public const int MinSecretLength = 16;
    public const int MaxSecretLength = 200;

    /// <summary>The maximum length of a secret, in characters; a secret is ASCII.</summary>
    public const int MaxLength = 11 + MaxSecretLength;

    /// <summary>Gets the length of the prefix, including the mode if there is one; 0 if the string has no prefix.</summary>
    public static int GetPrefixLength(ReadOnlySpan<char> text) =>
        GetMode(text) is not null ? TestPrefix.Length
        : text.StartsWith(Prefix, StringComparison.Ordinal) ? Prefix.Length
        : 0;

    /// <summary>Gets the mode from the prefix; null if the prefix has no mode.</summary>
    public static KeyMode? GetMode(ReadOnlySpan<char> text) =>
        text.StartsWith(TestPrefix, StringComparison.Ordinal) ? KeyMode.Test
        : text.StartsWith(LivePrefix, StringComparison.Ordinal) ? KeyMode.Live
        : null;

    public static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        var prefixLength = GetPrefixLength(text);
        return prefixLength > 0
            && text.Length - prefixLength is >= MinSecretLength and <= MaxSecretLength
            && !text[prefixLength..].ContainsAnyExcept(ApiKeyFormat.Characters);
    }
}
