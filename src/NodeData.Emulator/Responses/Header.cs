using System.Buffers;
using System.Globalization;

namespace NodeData.Emulator.Responses;

/// <summary>Response headers.</summary>
internal static class Header
{
    // The characters of a header name (RFC 9110, section 5.6.2).
    private static readonly SearchValues<char> NameCharacters = SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    );

    /// <summary>Whether HTTP allows a header: a name of token characters, and a value of visible ASCII, spaces and tabs.</summary>
    public static bool IsAllowed(string name, string value) =>
        name.Length > 0
        && !name.AsSpan().ContainsAnyExcept(NameCharacters)
        && value.All(character => character is '\t' or (>= ' ' and <= '~'));

    public static KeyValuePair<string, string> Create(string name, long value) => new(name, value.ToString(CultureInfo.InvariantCulture));
}
