using System.Security.Cryptography;

namespace NodeData.Sdk.Webhooks.Signing;

/// <summary>
/// The result of comparing every signature with every secret's MAC. Each comparison takes constant time, and all comparisons are made regardless of earlier
/// results, so that the elapsed time does not reveal whether a signature matched, or which one.
/// </summary>
internal readonly record struct SignatureMatch(bool IsFound, int SecretIndex, int Comparisons)
{
    public static SignatureMatch Find(in SignatureHeader header, ReadOnlySpan<byte> macs)
    {
        Span<byte> signature = stackalloc byte[LowerHex.SignatureBytes];
        var secrets = macs.Length / LowerHex.SignatureBytes;
        int found = 0,
            index = 0,
            comparisons = 0;
        for (var t = 0; t < header.SignatureCount; t++)
        {
            LowerHex.Decode(header.GetSignature(t), signature);
            for (var s = 0; s < secrets; s++)
            {
                var equal = CryptographicOperations.FixedTimeEquals(
                    macs.Slice(s * LowerHex.SignatureBytes, LowerHex.SignatureBytes),
                    signature
                )
                    ? 1
                    : 0;
                var first = equal & ~found;
                index |= s & -first;
                found |= equal;
                comparisons++;
            }
        }

        return new SignatureMatch(found != 0, index, comparisons);
    }
}
