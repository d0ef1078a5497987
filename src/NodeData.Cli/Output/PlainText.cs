using System.Buffers;

namespace NodeData.Cli.Output;

/// <summary>Makes text of the service's safe to show: a name with an escape sequence in it must not command the terminal.</summary>
internal static class PlainText
{
    private static readonly SearchValues<char> UnsafeCharacters = SearchValues.Create([
        .. Enumerable
            .Range(0, char.MaxValue + 1)
            .Select(code => (char)code)
            .Where(character => char.IsControl(character) || IsBidirectionalControl(character)),
    ]);

    public static string Sanitize(string? text) =>
        text is null ? ""
        : text.AsSpan().ContainsAny(UnsafeCharacters)
            ? string.Concat(text.Select(character => UnsafeCharacters.Contains(character) ? '\uFFFD' : character))
        : text;

    // Letters after these run in the other direction, so that a name could look like another.
    private static bool IsBidirectionalControl(char character) =>
        character is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
