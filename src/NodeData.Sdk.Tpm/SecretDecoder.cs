using System.Text;

namespace NodeData.Sdk.Tpm;

/// <summary>Makes the text that the client needs of what the TPM holds.</summary>
internal static class SecretDecoder
{
    /// <exception cref="NodeDataConfigurationException">The bytes are no text. None of them is repeated.</exception>
    public static string Decode(ReadOnlySpan<byte> bytes, TpmHandle handle)
    {
        // An index that is larger than what was written to it ends in these.
        var text = bytes.TrimEnd([(byte)0x00, (byte)0xFF]);
        foreach (var value in text)
        {
            if (value is not (>= 0x20 and <= 0x7E or (byte)'\n' or (byte)'\r' or (byte)'\t'))
            {
                throw new NodeDataConfigurationException(
                    $"{handle} holds {bytes.Length} bytes that are no text. Provision it with the key's own characters and nothing else (docs/edge.md)."
                );
            }
        }

        return Encoding.ASCII.GetString(text).Trim();
    }
}
