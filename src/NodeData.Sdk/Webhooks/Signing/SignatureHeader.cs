using System.Buffers;

namespace NodeData.Sdk.Webhooks.Signing;

/// <summary>
/// The parsed value of the signature header. Parsing is strict (contract, "Webhook signatures"): <c>t</c> occurs exactly once and has 1 to 18 digits without a
/// leading zero; each <c>v1</c> has 64 lower-case hex digits; spaces and tabs around parts, empty parts and unknown parts are skipped.
/// </summary>
internal readonly ref struct SignatureHeader
{
    public const int MaxLength = 4096;

    /// <summary>The number of signatures that fit after the shortest <c>t=1</c>: a comma and a <c>v1</c> take 68 characters.</summary>
    public const int MaxSignatures = (MaxLength - 3) / (1 + SignaturePrefixLength + LowerHex.SignatureCharacters);

    private const int SignaturePrefixLength = 3;
    private const int MaxTimestampDigits = 18;
    private const string Whitespace = " \t";
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789");

    private readonly ReadOnlySpan<char> _text;
    private readonly ReadOnlySpan<ushort> _positions;

    private SignatureHeader(ReadOnlySpan<char> text, ReadOnlySpan<char> timestamp, ReadOnlySpan<ushort> positions)
    {
        _text = text;
        _positions = positions;
        Timestamp = timestamp;
        UnixSeconds = ToNumber(timestamp);
    }

    /// <summary>Gets the digits of <c>t</c>: the signature covers this string, not the number.</summary>
    public ReadOnlySpan<char> Timestamp { get; }

    public long UnixSeconds { get; }

    public int SignatureCount => _positions.Length;

    /// <summary>Gets the 64 hex digits of one signature.</summary>
    public ReadOnlySpan<char> GetSignature(int index) => _text.Slice(_positions[index], LowerHex.SignatureCharacters);

    /// <summary>Parses the header.</summary>
    /// <param name="text">The header's value.</param>
    /// <param name="positions">A buffer for <see cref="MaxSignatures"/> positions, which the header references.</param>
    /// <param name="header">The parsed header; default if the value is malformed.</param>
    public static bool TryRead(ReadOnlySpan<char> text, Span<ushort> positions, out SignatureHeader header)
    {
        header = default;
        if (text.Length > MaxLength)
        {
            return false;
        }

        ReadOnlySpan<char> timestamp = default;
        var count = 0;
        for (var start = 0; start < text.Length; )
        {
            var length = text[start..].IndexOf(',');
            var end = length < 0 ? text.Length : start + length;
            var part = text[start..end].TrimStart(Whitespace);
            var from = end - part.Length;
            part = part.TrimEnd(Whitespace);
            start = end + 1;
            if (part.StartsWith("t=", StringComparison.Ordinal))
            {
                if (!timestamp.IsEmpty || !IsTimestamp(part[2..]))
                {
                    return false;
                }

                timestamp = part[2..];
            }
            else if (part.StartsWith("v1=", StringComparison.Ordinal) && LowerHex.IsSignature(part[SignaturePrefixLength..]))
            {
                positions[count++] = (ushort)(from + SignaturePrefixLength);
            }
        }

        if (timestamp.IsEmpty || count == 0)
        {
            return false;
        }

        header = new SignatureHeader(text, timestamp, positions[..count]);
        return true;
    }

    private static bool IsTimestamp(ReadOnlySpan<char> text) =>
        text.Length is >= 1 and <= MaxTimestampDigits && text[0] != '0' && !text.ContainsAnyExcept(Digits);

    private static long ToNumber(ReadOnlySpan<char> digits)
    {
        var number = 0L;
        foreach (var digit in digits)
        {
            number = (number * 10) + (digit - '0');
        }

        return number;
    }
}
