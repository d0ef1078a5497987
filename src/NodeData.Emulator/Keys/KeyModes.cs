using NodeData.Sdk;

namespace NodeData.Emulator.Keys;

/// <summary>The wire values and key prefixes of the modes.</summary>
internal static class KeyModes
{
    public static string ToWireValue(this KeyMode mode) => mode is KeyMode.Test ? "test" : "live";

    public static string GetPrefix(this KeyMode mode) => mode is KeyMode.Test ? "nd_test_" : "nd_live_";

    public static KeyMode? FromWireValue(string? value) =>
        value switch
        {
            "test" => KeyMode.Test,
            "live" => KeyMode.Live,
            _ => null,
        };
}
