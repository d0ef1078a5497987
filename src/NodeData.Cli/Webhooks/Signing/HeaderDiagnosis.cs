using NodeData.Sdk.Webhooks;

namespace NodeData.Cli.Webhooks.Signing;

/// <summary>Finds out why a signature header is malformed.</summary>
internal static class HeaderDiagnosis
{
    private const int MaxLength = 4096;
    private const int SignatureLength = 64;
    private const string Format = "t=<seconds>,v1=<64 lower-case hex digits>";

    public static Diagnosis Diagnose(string header)
    {
        if (string.IsNullOrWhiteSpace(header))
        {
            return new(
                "The header is empty.",
                $"Pass the value of {WebhookVerifier.HeaderName} unchanged. Check whether a proxy drops the header."
            );
        }

        if (header.Length > MaxLength)
        {
            return new($"The header has {header.Length} characters; the maximum is {MaxLength}.", "Pass the value unchanged.");
        }

        if (header.TrimStart().StartsWith(WebhookVerifier.HeaderName, StringComparison.OrdinalIgnoreCase))
        {
            return new("The value begins with the header's name.", $"Pass the value only: {Format}.");
        }

        if (header.Contains(';', StringComparison.Ordinal) && !header.Contains(',', StringComparison.Ordinal))
        {
            return new("The parts are separated by ; instead of a comma.", $"The format is {Format}.");
        }

        string[] parts = [.. header.Split(',').Select(part => part.Trim(' ', '\t'))];
        return DiagnoseTimestamp([.. GetValues(parts, "t=")], parts) ?? DiagnoseSignatures([.. GetValues(parts, "v1=")], parts);
    }

    private static Diagnosis? DiagnoseTimestamp(string[] timestamps, string[] parts) =>
        timestamps.Length switch
        {
            0 => CreateMissing("t", "T", "the timestamp", parts),
            1 when IsTimestamp(timestamps[0]) => null,
            1 => new(
                "t is not a timestamp: it must be 1 to 18 digits without a sign or a leading zero.",
                "The signer must write a Unix timestamp in seconds."
            ),
            _ => new("t occurs more than once.", "Two headers were joined, or the header was tampered with. Pass the value unchanged."),
        };

    private static Diagnosis DiagnoseSignatures(string[] signatures, string[] parts) =>
        signatures switch
        {
            [] => CreateMissing("v1", "V1", "the signature", parts),
            [var signature, ..] when signature.StartsWith('"') || signature.EndsWith('"') || signature.StartsWith('\'') => new(
                "v1 is in quotes.",
                "Pass the value unchanged, without quotes inside."
            ),
            [var signature, ..] when signature.All(char.IsAsciiHexDigit) && signature.Length == SignatureLength => new(
                "v1 has upper-case hex digits.",
                "The signer must write lower-case digits, as the service does."
            ),
            [var signature, ..] when signature.All(char.IsAsciiHexDigit) => new(
                $"v1 has {signature.Length} digits instead of {SignatureLength}.",
                "Check whether it was truncated when copied, or computed with a hash other than SHA-256."
            ),
            _ => new("v1 is not hexadecimal.", "The signer must write the HMAC as 64 lower-case hex digits, not as base64."),
        };

    private static Diagnosis CreateMissing(string name, string wrongCase, string description, string[] parts) =>
        parts.Any(part => part.StartsWith($"{wrongCase}=", StringComparison.Ordinal))
            ? new($"{name} is written in upper case.", $"The format is {Format}.")
            : new(
                $"{name}, {description}, is missing.",
                $"Pass the whole value unchanged: {Format}. Quote it, because a shell splits unquoted text."
            );

    private static IEnumerable<string> GetValues(string[] parts, string name) =>
        parts.Where(part => part.StartsWith(name, StringComparison.Ordinal)).Select(part => part[name.Length..]);

    private static bool IsTimestamp(string text) => text.Length is >= 1 and <= 18 && text[0] != '0' && text.All(char.IsAsciiDigit);
}
