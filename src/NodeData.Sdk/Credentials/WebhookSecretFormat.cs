namespace NodeData.Sdk.Credentials;

/// <summary>What a webhook secret looks like (contract, "Authentication").</summary>
internal static class WebhookSecretFormat
{
    public const string Prefix = ApiKeyFormat.WebhookSecretPrefix;
    public const string TestPrefix = Prefix + "test_";
    public const string LivePrefix = Prefix + "live_";
    public const int MinSecretLength = 16;
    public const int MaxSecretLength = 200;

    /// <summary>The longest text that is a secret; all of it is ASCII.</summary>
    public const int MaxLength = 11 + MaxSecretLength;

    /// <summary>The length of the prefix, the mode's part included where there is one; 0 where the text has no prefix.</summary>
    public static int GetPrefixLength(ReadOnlySpan<char> text) =>
        GetMode(text) is not null ? TestPrefix.Length
        : text.StartsWith(Prefix, StringComparison.Ordinal) ? Prefix.Length
        : 0;

    /// <summary>The mode that the prefix names; null where it names none.</summary>
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
