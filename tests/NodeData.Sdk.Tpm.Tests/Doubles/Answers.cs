using System.Buffers.Binary;
using System.Text;

namespace NodeData.Sdk.Tpm.Tests.Doubles;

/// <summary>Answers as a TPM gives them, by bytes: what a hostile one bends.</summary>
internal static class Answers
{
    private const uint LockedForGood = 0x2204_2802; // as tpm2_nvreadpublic shows it after the documented script

    /// <summary>The answer to TPM2_Unseal that holds a text.</summary>
    public static byte[] Unsealed(string text) => WithSessions(Sized(Encoding.ASCII.GetBytes(text)));

    /// <summary>The answer to TPM2_NV_Read that holds a text.</summary>
    public static byte[] Piece(string text) => Unsealed(text);

    /// <summary>The answer to TPM2_NV_ReadPublic for an index of a length.</summary>
    public static byte[] Public(int length, uint attributes = LockedForGood) =>
        Whole(
            0x8001,
            [
                .. Sized([.. UInt32(0x0150_0016), .. UInt16(0x000B), .. UInt32(attributes), .. Sized([]), .. UInt16(length)]),
                .. Sized(new byte[34]),
            ]
        );

    /// <summary>The answer to TPM2_GetCapability for the largest piece.</summary>
    public static byte[] LargestPiece(uint bytes) => Whole(0x8001, [0, .. UInt32(6), .. UInt32(1), .. UInt32(0x12C), .. UInt32(bytes)]);

    /// <summary>A refusal.</summary>
    public static byte[] Code(uint code) => [.. UInt16(0x8001), .. UInt32(10), .. UInt32(code)];

    public static byte[] Whole(int tag, byte[] parameters) =>
        [.. UInt16(tag), .. UInt32(10 + parameters.Length), .. UInt32(0), .. parameters];

    public static byte[] WithSessions(byte[] parameters) =>
        Whole(0x8002, [.. UInt32(parameters.Length), .. parameters, .. Sized([]), 1, .. Sized([])]);

    public static byte[] Sized(byte[] bytes) => [.. UInt16(bytes.Length), .. bytes];

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
