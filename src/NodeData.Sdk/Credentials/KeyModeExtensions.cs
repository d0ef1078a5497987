namespace NodeData.Sdk.Credentials;

/// <summary>Converts between modes and their wire values.</summary>
internal static class KeyModeExtensions
{
    public static string ToWireValue(this KeyMode mode) =>
        mode switch
        {
            KeyMode.Test => "test",
            KeyMode.Live => "live",
            _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "The mode must be KeyMode.Test or KeyMode.Live."),
        };

    /// <summary>Converts a wire value to a mode; null if the value is unknown.</summary>
    public static KeyMode? FromWireValue(string? value) =>
        value switch
        {
            "test" => KeyMode.Test,
            "live" => KeyMode.Live,
            _ => null,
        };
}
