using System.Buffers.Binary;
using System.Text;

namespace NodeData.Sdk.Tpm.Tests.Doubles;

/// <summary>Creates the bytes of TPM responses, valid and invalid.</summary>
internal static class TpmResponses
{
    private const uint PermanentlyLocked = 0x2204_2802; // as tpm2_nvreadpublic shows it after the documented script

    /// <summary>Creates the response to TPM2_Unseal with a text.</summary>
    public static byte[] CreateUnsealed(string text) => CreateWithSession(WithLength(Encoding.ASCII.GetBytes(text)));

    /// <summary>Creates the response to TPM2_NV_Read with a text.</summary>
    public static byte[] CreateChunk(string text) => CreateUnsealed(text);

    /// <summary>Creates the response to TPM2_NV_ReadPublic for an index of a size.</summary>
    public static byte[] CreatePublicArea(int length, uint attributes = PermanentlyLocked) =>
        CreateResponse(
            0x8001,
            [
                .. WithLength([.. UInt32(0x0150_0016), .. UInt16(0x000B), .. UInt32(attributes), .. WithLength([]), .. UInt16(length)]),
                .. WithLength(new byte[34]),
            ]
        );

    /// <summary>Creates the response to TPM2_GetCapability for the maximum size of a read (TPM_PT_NV_BUFFER_MAX).</summary>
    public static byte[] CreateNvBufferMax(uint bytes) =>
        CreateResponse(0x8001, [0, .. UInt32(6), .. UInt32(1), .. UInt32(0x12C), .. UInt32(bytes)]);

    /// <summary>Creates an error response.</summary>
    public static byte[] CreateError(uint code) => [.. UInt16(0x8001), .. UInt32(10), .. UInt32(code)];

    public static byte[] CreateResponse(int tag, byte[] parameters) =>
        [.. UInt16(tag), .. UInt32(10 + parameters.Length), .. UInt32(0), .. parameters];

    public static byte[] CreateWithSession(byte[] parameters) =>
        CreateResponse(0x8002, [.. UInt32(parameters.Length), .. parameters, .. WithLength([]), 1, .. WithLength([])]);

    public static byte[] WithLength(byte[] bytes) => [.. UInt16(bytes.Length), .. bytes];

    public static byte[] UInt16(int value)
    {
        var bytes = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)value);
        return bytes;
    }

    public static byte[] UInt32(long value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)value);
        return bytes;
    }
}
