using NodeData.Sdk;

namespace NodeData.Cli.Output;

/// <summary>A mode as it is written on the command line and by the service.</summary>
internal static class ModeText
{
    /// <param name="mode">The mode; null where the service used a word that is not known.</param>
    /// <param name="rawValue">The service's own word.</param>
    public static string? Format(KeyMode? mode, string? rawValue = null) =>
        mode switch
        {
            KeyMode.Test => "test",
            KeyMode.Live => "live",
            _ => rawValue,
        };

    /// <summary>The mode that an option names, which was checked to be one; null where it was left out.</summary>
    public static KeyMode? Parse(string? text) =>
        text switch
        {
            null => null,
            "live" => KeyMode.Live,
            _ => KeyMode.Test,
        };
}
