using System.Buffers;

namespace NodeData.Sdk.Webhooks.Signing;

/// <summary>A signature as text: exactly 64 hex digits in lower case, and nothing else.</summary>
internal static class LowerHex
{
    public const int SignatureBytes = 32;
    public const int SignatureCharacters = 2 * SignatureBytes;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    public static bool IsSignature(ReadOnlySpan<char> text) => text.Length == SignatureCharacters && !text.ContainsAnyExcept(Digits);

    /// <summary>The bytes of a text for which <see cref="IsSignature"/> holds.</summary>
    public static void Decode(ReadOnlySpan<char> text, Span<byte> bytes)
    {
        for (var i = 0; i < SignatureBytes; i++)
        {
            bytes[i] = (byte)((GetValue(text[2 * i]) << 4) | GetValue(text[(2 * i) + 1]));
        }
    }

    public static void Encode(ReadOnlySpan<byte> bytes, Span<char> text)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            text[2 * i] = GetDigit(bytes[i] >> 4);
            text[(2 * i) + 1] = GetDigit(bytes[i] & 0xf);
        }
    }

    // Letters begin at 0x61, digits at 0x30: bit 6 tells them apart, without a branch.
    private static int GetValue(char digit) => (digit & 0xf) + (9 * (digit >> 6));

    private static char GetDigit(int value) => (char)(value < 10 ? '0' + value : 'a' + value - 10);
}
