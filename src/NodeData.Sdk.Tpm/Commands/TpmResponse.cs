using System.Buffers.Binary;
using NodeData.Sdk.Tpm.Connecting;

namespace NodeData.Sdk.Tpm.Commands;

/// <summary>Reads the parameters of a response in order. Every length is checked against the remaining bytes.</summary>
internal ref struct TpmResponse
{
    public const int HeaderLength = 10;

    private readonly TpmAddress _address;
    private ReadOnlySpan<byte> _rest;

    private TpmResponse(ReadOnlySpan<byte> parameters, TpmAddress address)
    {
        _rest = parameters;
        _address = address;
    }

    public static int ReadSize(ReadOnlySpan<byte> response)
    {
        var size = BinaryPrimitives.ReadUInt32BigEndian(response[2..]);
        return size > int.MaxValue ? int.MaxValue : (int)size;
    }

    public static uint ReadCode(ReadOnlySpan<byte> response) => BinaryPrimitives.ReadUInt32BigEndian(response[6..]);

    /// <summary>Parses a response whose size was checked.</summary>
    /// <exception cref="TpmErrorException">The TPM returned an error.</exception>
    public static TpmResponse Parse(ReadOnlySpan<byte> response, TpmCommand command, TpmAddress address)
    {
        var tag = BinaryPrimitives.ReadUInt16BigEndian(response);
        var code = ReadCode(response);
        if (code != 0)
        {
            throw response.Length == HeaderLength ? new TpmErrorException(code) : CreateFormatError(address);
        }

        if (tag != command.Tag)
        {
            throw CreateFormatError(address);
        }

        var parameters = new TpmResponse(response[HeaderLength..], address);
        if (tag == TpmCommand.NoSessions)
        {
            return parameters;
        }

        // The authorization area of the session follows the parameters; a password session does not use it.
        var length = parameters.ReadUInt32();
        return length <= (uint)parameters._rest.Length
            ? new TpmResponse(parameters._rest[..(int)length], address)
            : throw CreateFormatError(address);
    }

    public static NodeDataConfigurationException CreateFormatError(TpmAddress address) =>
        new($"{address} sent a response that is not valid for a TPM 2.0. Check the address, and that it is a TPM 2.0.");

    public byte ReadByte() => ReadBytes(sizeof(byte))[0];

    public ushort ReadUInt16() => BinaryPrimitives.ReadUInt16BigEndian(ReadBytes(sizeof(ushort)));

    public uint ReadUInt32() => BinaryPrimitives.ReadUInt32BigEndian(ReadBytes(sizeof(uint)));

    /// <summary>Reads bytes that are preceded by their length.</summary>
    public ReadOnlySpan<byte> ReadSizedBytes() => ReadBytes(ReadUInt16());

    private ReadOnlySpan<byte> ReadBytes(int length)
    {
        if (length > _rest.Length)
        {
            throw CreateFormatError(_address);
        }

        var bytes = _rest[..length];
        _rest = _rest[length..];
        return bytes;
    }
}
