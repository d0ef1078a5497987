using NodeData.Sdk.Tpm.Connecting;

namespace NodeData.Sdk.Tpm.Commands;

/// <summary>Reads the complete content of an index, in chunks of the size that the TPM supports.</summary>
internal static class IndexReader
{
    /// <summary>The maximum size of an index; equal to that of a secret file.</summary>
    public const int MaxBytes = 4096;

    // Every current TPM supports chunks of this size, so a smaller index is read without a query for the limit.
    private const int MinChunkSize = 256;

    public static string Read(TpmConnection tpm, TpmHandle index, PublicIndex publicArea, uint authority, SecretBytes authorization)
    {
        using var content = new SecretBytes(publicArea.Length);
        var chunkSize = publicArea.Length <= MinChunkSize ? publicArea.Length : GetChunkSize(tpm);
        for (var offset = 0; offset < content.Length; )
        {
            var response = tpm.Run(TpmCommand.Read(authority, index, Math.Min(chunkSize, content.Length - offset), offset, authorization));
            offset += CopyChunk(response.ReadSizedBytes(), content.Span[offset..], index);
        }

        return SecretDecoder.Decode(content.Span, index);
    }

    private static int GetChunkSize(TpmConnection tpm)
    {
        var response = tpm.Run(TpmCommand.GetNvBufferMax());
        _ = response.ReadByte(); // more data available
        _ = response.ReadUInt32(); // the capability
        var count = response.ReadUInt32();
        _ = response.ReadUInt32(); // the property
        return count == 0 ? MinChunkSize : (int)Math.Clamp(response.ReadUInt32(), 1, 2048);
    }

    private static int CopyChunk(ReadOnlySpan<byte> chunk, Span<byte> destination, TpmHandle index)
    {
        if (chunk.IsEmpty || chunk.Length > destination.Length)
        {
            throw new NodeDataConfigurationException(
                $"the TPM returned {chunk.Length} bytes of the index {index} instead of 1 to {destination.Length}. Check that it is a TPM 2.0."
            );
        }

        chunk.CopyTo(destination);
        return chunk.Length;
    }
}
