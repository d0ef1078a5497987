using System.Buffers;

namespace NodeData.Sdk.Webhooks.Signing;

/// <summary>Encodes and decodes a signature: exactly 64 lower-case hex digits.</summary>
internal static class LowerHex
{
    public const int SignatureBytes = 32;
    public const int SignatureCharacters = 2 * SignatureBytes;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    public static bool IsSignature(ReadOnlySpan<char> text) => text.Length == SignatureCharacters && !text.ContainsAnyExcept(Digits);

    /// <summary>Decodes a string for which <see cref="IsSignature"/> returns true.</summary>
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

    // Letters start at 0x61, digits at 0x30: bit 6 distinguishes them without a branch.
    private static int GetValue(char digit) => (digit & 0xf) + (9 * (digit >> 6));

    private static char GetDigit(int value) => (char)(value < 10 ? '0' + value : 'a' + value - 10);
}
