namespace NodeData.Sdk.Credentials;

/// <summary>What a webhook secret looks like (contract, "Authentication").</summary>
internal static class WebhookSecretFormat
{
    public const string Prefix = ApiKeyFormat.WebhookSecretPrefix;
    public const string TestPrefix = Prefix + "test_";
    public const string LivePrefix = Prefix + "live_";
    public const int FewestCharacters = 16;
    public const int MostCharacters = 200;

    /// <summary>The longest text that is a secret; all of it is ASCII.</summary>
    public const int MaximumLength = 11 + MostCharacters;

    /// <summary>The length of the prefix, the mode's part included where there is one; 0 where the text has no prefix.</summary>
    public static int PrefixLengthOf(ReadOnlySpan<char> text) =>
        ModeOf(text) is not null ? TestPrefix.Length
        : text.StartsWith(Prefix, StringComparison.Ordinal) ? Prefix.Length
        : 0;

    /// <summary>The mode that the prefix names; null where it names none.</summary>
    public static KeyMode? ModeOf(ReadOnlySpan<char> text) =>
        text.StartsWith(TestPrefix, StringComparison.Ordinal) ? KeyMode.Test
        : text.StartsWith(LivePrefix, StringComparison.Ordinal) ? KeyMode.Live
        : null;

    public static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        var prefix = PrefixLengthOf(text);
        return prefix > 0
            && text.Length - prefix is >= FewestCharacters and <= MostCharacters
            && !text[prefix..].ContainsAnyExcept(ApiKeyFormat.Characters);
    }
}
