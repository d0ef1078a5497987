namespace NodeData.Sdk.Tpm.Commands;

/// <summary>The TPM answered with something else than success. It never leaves the package: what a user sees says what to do.</summary>
internal sealed class TpmErrorException(uint code) : Exception
{
    public uint Code { get; } = code;

    public override string Message => $"0x{Code:X3}";
}
