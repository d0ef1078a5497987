using System.Text;

namespace NodeData.Sdk.Tpm;

/// <summary>Decodes the bytes of a secret from the TPM.</summary>
internal static class SecretDecoder
{
    /// <exception cref="NodeDataConfigurationException">The bytes are not text. The message does not contain them.</exception>
    public static string Decode(ReadOnlySpan<byte> bytes, TpmHandle handle)
    {
        // The padding of an index that is larger than the data written to it.
        var text = bytes.TrimEnd([(byte)0x00, (byte)0xFF]);
        foreach (var value in text)
        {
            if (value is not (>= 0x20 and <= 0x7E or (byte)'\n' or (byte)'\r' or (byte)'\t'))
            {
                throw new NodeDataConfigurationException(
                    $"{handle} contains {bytes.Length} bytes that are not text. Provision it with only the characters of the key (docs/edge.md)."
                );
            }
        }

        return Encoding.ASCII.GetString(text).Trim();
    }
}
