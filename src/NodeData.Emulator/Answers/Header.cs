using System.Globalization;

namespace NodeData.Emulator.Answers;

/// <summary>Headers whose value is a number.</summary>
internal static class Header
{
    public static KeyValuePair<string, string> Of(string name, long value) => new(name, value.ToString(CultureInfo.InvariantCulture));
}
