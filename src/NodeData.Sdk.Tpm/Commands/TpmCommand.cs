using System.Buffers.Binary;

namespace NodeData.Sdk.Tpm.Commands;

/// <summary>Represents a command (TPM 2.0 Library, part 3): its code, handles, authorization value if it requires one, and parameters.</summary>
internal sealed record TpmCommand(uint Code, uint[] Handles, byte[] Parameters)
{
    public const ushort NoSessions = 0x8001;
    public const ushort Sessions = 0x8002;

    private const uint PasswordSession = 0x4000_0009;
    private const byte ContinueSession = 0x01;

    // TPM2_NV_ReadPublic, TPM2_NV_Read, TPM2_Unseal, TPM2_GetCapability
    private const uint ReadPublicCode = 0x169;
    private const uint ReadCode = 0x14E;
    private const uint UnsealCode = 0x15E;
    private const uint GetCapabilityCode = 0x17A;

    private const uint TpmPropertiesCapability = 6; // TPM_CAP_TPM_PROPERTIES
    private const uint NvBufferMaxProperty = 0x12C; // TPM_PT_NV_BUFFER_MAX

    /// <summary>Gets the authorization value of the password session; null if the command requires none.</summary>
    public SecretBytes? Authorization { get; init; }

    public ushort Tag => Authorization is null ? NoSessions : Sessions;

    /// <summary>Creates the command that reads the public area of an index.</summary>
    public static TpmCommand ReadPublic(TpmHandle index) => new(ReadPublicCode, [index.Value], []);

    /// <summary>Creates the command that reads a chunk of an index.</summary>
    public static TpmCommand Read(uint authority, TpmHandle index, int size, int offset, SecretBytes authorization)
    {
        var parameters = new byte[4];
        BinaryPrimitives.WriteUInt16BigEndian(parameters, (ushort)size);
        BinaryPrimitives.WriteUInt16BigEndian(parameters.AsSpan(2), (ushort)offset);
        return new(ReadCode, [authority, index.Value], parameters) { Authorization = authorization };
    }

    /// <summary>Creates the command that unseals a sealed object.</summary>
    public static TpmCommand Unseal(TpmHandle sealedObject, SecretBytes authorization) =>
        new(UnsealCode, [sealedObject.Value], []) { Authorization = authorization };

    /// <summary>Creates the command that gets the maximum number of bytes of an index in one read.</summary>
    public static TpmCommand GetNvBufferMax()
    {
        var parameters = new byte[12];
        BinaryPrimitives.WriteUInt32BigEndian(parameters, TpmPropertiesCapability);
        BinaryPrimitives.WriteUInt32BigEndian(parameters.AsSpan(4), NvBufferMaxProperty);
        BinaryPrimitives.WriteUInt32BigEndian(parameters.AsSpan(8), 1);
        return new(GetCapabilityCode, [], parameters);
    }

    /// <summary>Writes the command, and returns the part of the buffer that contains it.</summary>
    public ReadOnlySpan<byte> WriteTo(Span<byte> buffer)
    {
        var writer = new Writer(buffer);
        writer.WriteUInt16(Tag);
        writer.WriteUInt32(0); // the size, set below
        writer.WriteUInt32(Code);
        foreach (var handle in Handles)
        {
            writer.WriteUInt32(handle);
        }

        if (Authorization is not null)
        {
            writer.WriteUInt32((uint)(sizeof(uint) + sizeof(ushort) + sizeof(byte) + sizeof(ushort) + Authorization.Length));
            writer.WriteUInt32(PasswordSession);
            writer.WriteUInt16(0); // no nonce
            writer.WriteByte(ContinueSession);
            writer.WriteUInt16((ushort)Authorization.Length);
            writer.WriteBytes(Authorization.Span);
        }

        writer.WriteBytes(Parameters);
        BinaryPrimitives.WriteUInt32BigEndian(buffer[sizeof(ushort)..], (uint)writer.Length);
        return buffer[..writer.Length];
    }

    private ref struct Writer(Span<byte> buffer)
    {
        private readonly Span<byte> _buffer = buffer;

        public int Length { get; private set; }

        public void WriteByte(byte value) => _buffer[Length++] = value;

        public void WriteUInt16(ushort value)
        {
            BinaryPrimitives.WriteUInt16BigEndian(_buffer[Length..], value);
            Length += sizeof(ushort);
        }

        public void WriteUInt32(uint value)
        {
            BinaryPrimitives.WriteUInt32BigEndian(_buffer[Length..], value);
            Length += sizeof(uint);
        }

        public void WriteBytes(ReadOnlySpan<byte> value)
        {
            value.CopyTo(_buffer[Length..]);
            Length += value.Length;
        }
    }
}
