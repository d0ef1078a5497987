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
        for (var position = IndexOfEscape(json, 0); position < json.Length; position = IndexOfEscape(json, position))
        {
            var unit = ReadUnit(json, position);
            if (unit is null)
            {
                position += 2;
            }
            else if (
                char.IsHighSurrogate(unit.Value)
                && ReadUnit(json, position + EscapeLength) is { } second
                && char.IsLowSurrogate(second)
            )
            {
                position += 2 * EscapeLength;
            }
            else
            {
                if (char.IsSurrogate(unit.Value))
                {
                    copy = copy.IsEmpty ? json.ToArray() : copy;
                    Replacement.CopyTo(copy[position..]);
                }

                position += EscapeLength;
            }
        }

        return copy.IsEmpty ? json : copy;
    }

    private static int IndexOfEscape(ReadOnlySpan<byte> json, int start)
    {
        var offset = start < json.Length ? json[start..].IndexOf((byte)'\\') : -1;
        return offset < 0 ? json.Length : start + offset;
    }

    /// <summary>The UTF-16 unit of a <c>\uXXXX</c> that begins here; null where none does.</summary>
    private static char? ReadUnit(ReadOnlySpan<byte> json, int position) =>
        position + EscapeLength <= json.Length
        && json[position..].StartsWith("\\u"u8)
        && Utf8Parser.TryParse(json.Slice(position + 2, 4), out ushort unit, out var bytesConsumed, 'x')
        && bytesConsumed == 4
            ? (char)unit
            : null;
}
