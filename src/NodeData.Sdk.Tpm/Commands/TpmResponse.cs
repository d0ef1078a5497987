using System.Buffers.Binary;
using NodeData.Sdk.Tpm.Connecting;

namespace NodeData.Sdk.Tpm.Commands;

/// <summary>The parameters of an answer, read in order. Every length in it is checked against what there is.</summary>
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

    /// <summary>Takes an answer apart whose size was checked.</summary>
    /// <exception cref="TpmErrorException">The TPM said no.</exception>
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

        // Behind the parameters stands what belongs to the session, of which a password session uses nothing.
        var length = parameters.ReadUInt32();
        return length <= (uint)parameters._rest.Length
            ? new TpmResponse(parameters._rest[..(int)length], address)
            : throw CreateFormatError(address);
    }

    public static NodeDataConfigurationException CreateFormatError(TpmAddress address) =>
        new($"{address} gave an answer that is none of a TPM 2.0. Is it one, and is the address right?");

    public byte ReadByte() => ReadBytes(sizeof(byte))[0];

    public ushort ReadUInt16() => BinaryPrimitives.ReadUInt16BigEndian(ReadBytes(sizeof(ushort)));

    public uint ReadUInt32() => BinaryPrimitives.ReadUInt32BigEndian(ReadBytes(sizeof(uint)));

    /// <summary>Bytes with their length before them.</summary>
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
