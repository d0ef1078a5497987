using System.Buffers;

namespace NodeData.Cli.Output;

/// <summary>Makes text from the service safe to print: an escape sequence in a name must not control the terminal.</summary>
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

    // Bidirectional controls change the direction of text, so that one name could look like another.
    private static bool IsBidirectionalControl(char character) =>
        character is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
