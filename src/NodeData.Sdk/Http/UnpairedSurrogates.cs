using System.Buffers.Text;

namespace NodeData.Sdk.Http;

/// <summary>
/// Replaces unpaired surrogate escapes in JSON with U+FFFD, as a decoder does. JSON allows an escape such as <c>\ud83e</c> without its second half; programs
/// that truncate a string in the middle of an emoji write it. System.Text.Json throws when such a string is read. With the replacement, the rest of the
/// document, such as a webhook delivery or a page of a list, can still be read.
/// </summary>
internal static class UnpairedSurrogates
{
    private const int EscapeLength = 6;

    private static ReadOnlySpan<byte> Replacement => @"\ufffd"u8;

    /// <summary>Returns the same bytes, or a copy with the escapes replaced. Offsets do not change.</summary>
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

    /// <summary>Reads the UTF-16 code unit of a <c>\uXXXX</c> escape at a position; null if there is none.</summary>
    private static char? ReadUnit(ReadOnlySpan<byte> json, int position) =>
        position + EscapeLength <= json.Length
        && json[position..].StartsWith("\\u"u8)
        && Utf8Parser.TryParse(json.Slice(position + 2, 4), out ushort unit, out var bytesConsumed, 'x')
        && bytesConsumed == 4
            ? (char)unit
            : null;
}
