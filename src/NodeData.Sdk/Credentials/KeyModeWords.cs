namespace NodeData.Sdk.Credentials;

/// <summary>The service's words for the two modes.</summary>
internal static class KeyModeWords
{
    public static string ToWord(this KeyMode mode) =>
        mode switch
        {
            KeyMode.Test => "test",
            KeyMode.Live => "live",
            _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "A mode is KeyMode.Test or KeyMode.Live."),
        };

    /// <summary>The mode a word stands for; null for a word this client does not know.</summary>
    public static KeyMode? FromWord(string? word) =>
        word switch
        {
            "test" => KeyMode.Test,
            "live" => KeyMode.Live,
            _ => null,
        };
}
