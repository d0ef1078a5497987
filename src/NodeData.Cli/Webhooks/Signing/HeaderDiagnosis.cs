using NodeData.Sdk.Webhooks;

namespace NodeData.Cli.Webhooks.Signing;

/// <summary>What is wrong with the form of a signature header.</summary>
internal static class HeaderDiagnosis
{
    private const int MaxLength = 4096;
    private const int SignatureLength = 64;
    private const string Format = "t=<seconds>,v1=<64 lower-case hex digits>";

    public static Diagnosis Diagnose(string header)
    {
        if (string.IsNullOrWhiteSpace(header))
        {
            return new("The header is empty.", $"Give the value of {WebhookVerifier.HeaderName} as it came. Does a proxy drop the header?");
        }

        if (header.Length > MaxLength)
        {
            return new($"The header has {header.Length} characters, and more than {MaxLength} are refused.", "Give the value as it came.");
        }

        if (header.TrimStart().StartsWith(WebhookVerifier.HeaderName, StringComparison.OrdinalIgnoreCase))
        {
            return new("The header's name stands in front of its value.", $"Give the value alone: {Format}.");
        }

        if (header.Contains(';', StringComparison.Ordinal) && !header.Contains(',', StringComparison.Ordinal))
        {
            return new("The parts are separated by ; and not by a comma.", $"The form is {Format}.");
        }

        string[] parts = [.. header.Split(',').Select(part => part.Trim(' ', '\t'))];
        return DiagnoseTimestamp([.. GetValues(parts, "t=")], parts) ?? DiagnoseSignatures([.. GetValues(parts, "v1=")], parts);
    }

    private static Diagnosis? DiagnoseTimestamp(string[] timestamps, string[] parts) =>
        timestamps.Length switch
        {
            0 => CreateMissing("t", "T", "the time", parts),
            1 when IsTimestamp(timestamps[0]) => null,
            1 => new(
                "t is not a time: 1 to 18 digits without a sign and without a zero in front.",
                "Whoever signs writes whole seconds since 1970."
            ),
            _ => new("t stands there more than once.", "Two headers were joined, or somebody tampered with it: give the value as it came."),
        };

    private static Diagnosis DiagnoseSignatures(string[] signatures, string[] parts) =>
        signatures switch
        {
            [] => CreateMissing("v1", "V1", "the signature", parts),
            [var signature, ..] when signature.StartsWith('"') || signature.EndsWith('"') || signature.StartsWith('\'') => new(
                "v1 stands in quotes.",
                "Give the value as it came, without quotes inside."
            ),
            [var signature, ..] when signature.All(char.IsAsciiHexDigit) && signature.Length == SignatureLength => new(
                "v1 is written with upper-case hex digits.",
                "Whoever signs writes lower-case ones; the service does."
            ),
            [var signature, ..] when signature.All(char.IsAsciiHexDigit) => new(
                $"v1 has {signature.Length} digits and not {SignatureLength}.",
                "Was it cut while it was copied, or made with another hash than SHA-256?"
            ),
            _ => new("v1 is not written in hex digits.", "Whoever signs writes the HMAC as 64 lower-case hex digits, not as base64."),
        };

    private static Diagnosis CreateMissing(string name, string wrongCase, string description, string[] parts) =>
        parts.Any(part => part.StartsWith($"{wrongCase}=", StringComparison.Ordinal))
            ? new($"{name} is written in upper case.", $"The form is {Format}.")
            : new(
                $"{name}, {description}, is missing.",
                $"Give the whole value as it came: {Format}. A shell takes what stands outside quotes apart."
            );

    private static IEnumerable<string> GetValues(string[] parts, string name) =>
        parts.Where(part => part.StartsWith(name, StringComparison.Ordinal)).Select(part => part[name.Length..]);

    private static bool IsTimestamp(string text) => text.Length is >= 1 and <= 18 && text[0] != '0' && text.All(char.IsAsciiDigit);
}
