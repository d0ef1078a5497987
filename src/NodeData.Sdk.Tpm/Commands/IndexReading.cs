using NodeData.Sdk.Tpm.Connecting;

namespace NodeData.Sdk.Tpm.Commands;

/// <summary>Reads an index whole, in pieces of what the TPM gives at once.</summary>
internal static class IndexReading
{
    /// <summary>As many as a secret's file may have.</summary>
    public const int MostBytes = 4096;

    // No TPM in use gives less at once, so an index of this size needs no question for its limit.
    private const int SmallestPiece = 256;

    public static string Read(TpmConversation tpm, TpmHandle index, PublicIndex known, uint authority, SecretBytes authorization)
    {
        using var content = new SecretBytes(known.Length);
        var piece = known.Length <= SmallestPiece ? known.Length : LargestPiece(tpm);
        for (var offset = 0; offset < content.Length; )
        {
            var answer = tpm.Run(TpmCommand.Read(authority, index, Math.Min(piece, content.Length - offset), offset, authorization));
            offset += Copy(answer.Sized(), content.Span[offset..], index);
        }

        return SecretText.Of(content.Span, index);
    }

    private static int LargestPiece(TpmConversation tpm)
    {
        var answer = tpm.Run(TpmCommand.GetLargestPiece());
        _ = answer.Byte(); // whether there are more properties
        _ = answer.UInt32(); // the capability
        var count = answer.UInt32();
        _ = answer.UInt32(); // the property
        return count == 0 ? SmallestPiece : (int)Math.Clamp(answer.UInt32(), 1, 2048);
    }

    private static int Copy(ReadOnlySpan<byte> piece, Span<byte> rest, TpmHandle index)
    {
        if (piece.IsEmpty || piece.Length > rest.Length)
        {
            throw new NodeDataConfigurationException(
                $"the TPM gave {piece.Length} bytes of the index {index} where 1 to {rest.Length} were asked for. Is it a TPM 2.0?"
            );
        }

        piece.CopyTo(rest);
        return piece.Length;
    }
}
