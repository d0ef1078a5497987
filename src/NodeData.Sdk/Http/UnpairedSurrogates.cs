using System.Buffers.Text;

namespace NodeData.Sdk.Http;

/// <summary>
/// An escape such as <c>\ud83e</c> without its second half is allowed in JSON and written by programs that cut a text in the middle of an emoji; .NET throws when
/// the text is read. Neither a delivery nor a whole list is lost over it: such an escape becomes U+FFFD, as a decoder would make it.
/// </summary>
internal static class UnpairedSurrogates
{
    private const int EscapeLength = 6;

    private static ReadOnlySpan<byte> Replacement => @"\ufffd"u8;

    /// <summary>The same bytes, or a copy with the escapes replaced. Positions stay the same.</summary>
    public static ReadOnlySpan<byte> Replace(ReadOnlySpan<byte> json)
    {
        Span<byte> copy = default;
        for (var at = Next(json, 0); at < json.Length; at = Next(json, at))
        {
            var unit = UnitAt(json, at);
            if (unit is null)
            {
                at += 2;
            }
            else if (char.IsHighSurrogate(unit.Value) && UnitAt(json, at + EscapeLength) is { } second && char.IsLowSurrogate(second))
            {
                at += 2 * EscapeLength;
            }
            else
            {
                if (char.IsSurrogate(unit.Value))
                {
                    copy = copy.IsEmpty ? json.ToArray() : copy;
                    Replacement.CopyTo(copy[at..]);
                }

                at += EscapeLength;
            }
        }

        return copy.IsEmpty ? json : copy;
    }

    private static int Next(ReadOnlySpan<byte> json, int from)
    {
        var offset = from < json.Length ? json[from..].IndexOf((byte)'\\') : -1;
        return offset < 0 ? json.Length : from + offset;
    }

    /// <summary>The UTF-16 unit of a <c>\uXXXX</c> that begins here; null where none does.</summary>
    private static char? UnitAt(ReadOnlySpan<byte> json, int at) =>
        at + EscapeLength <= json.Length
        && json[at..].StartsWith("\\u"u8)
        && Utf8Parser.TryParse(json.Slice(at + 2, 4), out ushort unit, out var read, 'x')
        && read == 4
            ? (char)unit
            : null;
}
