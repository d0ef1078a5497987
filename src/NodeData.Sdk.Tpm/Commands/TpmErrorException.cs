namespace NodeData.Sdk.Tpm.Commands;

/// <summary>The TPM returned an error code. This exception is never thrown to callers; it is converted to a message with the remedy.</summary>
internal sealed class TpmErrorException(uint code) : Exception
{
    public uint Code { get; } = code;

    public override string Message => $"0x{Code:X3}";
}
