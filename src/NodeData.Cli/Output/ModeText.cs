using NodeData.Sdk;

namespace NodeData.Cli.Output;

/// <summary>Formats and parses a mode as the command line and the service write it.</summary>
internal static class ModeText
{
    /// <param name="mode">The mode; null if the service's value is unknown.</param>
    /// <param name="rawValue">The service's value.</param>
    public static string? Format(KeyMode? mode, string? rawValue = null) =>
        mode switch
        {
            KeyMode.Test => "test",
            KeyMode.Live => "live",
            _ => rawValue,
        };

    /// <summary>Parses the value of an option that accepts only test and live; null if the option was omitted.</summary>
    public static KeyMode? Parse(string? text) =>
        text switch
        {
            null => null,
            "live" => KeyMode.Live,
            _ => KeyMode.Test,
        };
}
