namespace NodeData.Sdk.Credentials;

/// <summary>The service's words for the two modes.</summary>
internal static class KeyModeExtensions
{
    public static string ToWireValue(this KeyMode mode) =>
        mode switch
        {
            KeyMode.Test => "test",
            KeyMode.Live => "live",
            _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "A mode is KeyMode.Test or KeyMode.Live."),
        };

    /// <summary>The mode a word stands for; null for a word this client does not know.</summary>
    public static KeyMode? FromWireValue(string? value) =>
        value switch
        {
            "test" => KeyMode.Test,
            "live" => KeyMode.Live,
            _ => null,
        };
}
