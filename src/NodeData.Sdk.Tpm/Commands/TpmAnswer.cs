using System.Buffers.Binary;
using NodeData.Sdk.Tpm.Connecting;

namespace NodeData.Sdk.Tpm.Commands;

/// <summary>The parameters of an answer, read in order. Every length in it is checked against what there is.</summary>
internal ref struct TpmAnswer
{
    public const int HeaderLength = 10;

    private readonly TpmAddress _address;
    private ReadOnlySpan<byte> _rest;

    private TpmAnswer(ReadOnlySpan<byte> parameters, TpmAddress address)
    {
        _rest = parameters;
        _address = address;
    }

    public static int SizeIn(ReadOnlySpan<byte> answer)
    {
        var size = BinaryPrimitives.ReadUInt32BigEndian(answer[2..]);
        return size > int.MaxValue ? int.MaxValue : (int)size;
    }

    public static uint CodeIn(ReadOnlySpan<byte> answer) => BinaryPrimitives.ReadUInt32BigEndian(answer[6..]);

    /// <summary>Takes an answer apart whose size was checked.</summary>
    /// <exception cref="TpmRefusalException">The TPM said no.</exception>
    public static TpmAnswer Of(ReadOnlySpan<byte> answer, TpmCommand command, TpmAddress address)
    {
        var tag = BinaryPrimitives.ReadUInt16BigEndian(answer);
        var code = CodeIn(answer);
        if (code != 0)
        {
            throw answer.Length == HeaderLength ? new TpmRefusalException(code) : NoneOfATpm(address);
        }

        if (tag != command.Tag)
        {
            throw NoneOfATpm(address);
        }

        var parameters = new TpmAnswer(answer[HeaderLength..], address);
        if (tag == TpmCommand.WithoutSessions)
        {
            return parameters;
        }

        // Behind the parameters stands what belongs to the session, of which a password session uses nothing.
        var length = parameters.UInt32();
        return length <= (uint)parameters._rest.Length
            ? new TpmAnswer(parameters._rest[..(int)length], address)
            : throw NoneOfATpm(address);
    }

    public static NodeDataConfigurationException NoneOfATpm(TpmAddress address) =>
        new($"{address} gave an answer that is none of a TPM 2.0. Is it one, and is the address right?");

    public byte Byte() => Take(sizeof(byte))[0];

    public ushort UInt16() => BinaryPrimitives.ReadUInt16BigEndian(Take(sizeof(ushort)));

    public uint UInt32() => BinaryPrimitives.ReadUInt32BigEndian(Take(sizeof(uint)));

    /// <summary>Bytes with their length before them.</summary>
    public ReadOnlySpan<byte> Sized() => Take(UInt16());

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length > _rest.Length)
        {
            throw NoneOfATpm(_address);
        }

        var taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }
}
