using System.Security.Cryptography;

namespace NodeData.Sdk.Webhooks.Signing;

/// <summary>
/// Compares every signature with every secret's MAC: in constant time each, and all of them whatever the earlier ones gave, so that the time taken tells
/// neither whether one matched nor which.
/// </summary>
internal readonly record struct TagMatch(bool Found, int SecretIndex, int Comparisons)
{
    public static TagMatch Of(in SignatureHeader header, ReadOnlySpan<byte> macs)
    {
        Span<byte> tag = stackalloc byte[LowerHex.TagBytes];
        var secrets = macs.Length / LowerHex.TagBytes;
        int found = 0,
            index = 0,
            comparisons = 0;
        for (var t = 0; t < header.TagCount; t++)
        {
            LowerHex.Decode(header.Tag(t), tag);
            for (var s = 0; s < secrets; s++)
            {
                var equal = CryptographicOperations.FixedTimeEquals(macs.Slice(s * LowerHex.TagBytes, LowerHex.TagBytes), tag) ? 1 : 0;
                var first = equal & ~found;
                index |= s & -first;
                found |= equal;
                comparisons++;
            }
        }

        return new TagMatch(found != 0, index, comparisons);
    }
}
