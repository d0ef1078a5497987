using System.Globalization;

namespace NodeData.Sdk.Tpm;

/// <summary>Represents the handle of a secret in the TPM: an NV index (0x01…) or a persistent sealed object (0x81…).</summary>
/// <param name="Value">The handle (TPM 2.0 Library, part 2, "TPM_HT").</param>
internal readonly record struct TpmHandle(uint Value)
{
    private const string Prefix = "0x";
    private const int MaxDigits = 8;

    public bool IsIndex => Value >> 24 == 0x01;

    public bool IsPersistent => Value >> 24 == 0x81;

    /// <exception cref="NodeDataConfigurationException">
    /// The text is not such a handle. The message does not contain it, because it may be a misplaced secret.
    /// </exception>
    public static TpmHandle Parse(string text)
    {
        var digits = text.AsSpan().Trim();
        return
            digits.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
            && digits.Length <= Prefix.Length + MaxDigits
            && uint.TryParse(digits[Prefix.Length..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            && new TpmHandle(value) is { } handle
            && (handle.IsIndex || handle.IsPersistent)
            ? handle
            : throw new NodeDataConfigurationException(
                "the text after tpm: is not a supported handle. Use an NV index, such as tpm:0x01500016 (0x01000000 to 0x01FFFFFF), "
                    + "or the handle of a persistent sealed object, such as tpm:0x81010001 (0x81000000 to 0x81FFFFFF)."
            );
    }

    public override string ToString() => $"0x{Value:X8}";
}
