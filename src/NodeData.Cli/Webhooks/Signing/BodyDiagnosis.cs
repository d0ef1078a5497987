using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NodeData.Sdk;

namespace NodeData.Cli.Webhooks.Signing;

/// <summary>Finds out why a signature does not match its body, by trying the changes that commonly happen to a body in transit.</summary>
internal static class BodyDiagnosis
{
    private const string RawBody =
        "Verify the raw bytes, before anything decodes or reformats them (docs/webhooks.md, \"What not to do\").";

    public static Diagnosis Diagnose(ReadOnlySpan<byte> body, string header, IReadOnlyList<WebhookSecret> secrets, DateTimeOffset signedAt)
    {
        foreach (var (variant, cause) in BodyVariants.Enumerate(body.ToArray()))
        {
            if (SignatureCheck.IsGenuine(variant, header, secrets, signedAt))
            {
                return new(cause, RawBody);
            }
        }

        foreach (var secret in secrets)
        {
            if (DiagnoseSigner(body, header, secret.Reveal(), signedAt) is { } diagnosis)
            {
                return diagnosis;
            }
        }

        return new(
            $"It was signed with a secret other than {string.Join(", ", secrets.Select(secret => secret.Hint))}, or the body or the timestamp was changed.",
            "Compare the last characters of the secret with those of the endpoint's secret: each endpoint and each mode has its own secret, and a new endpoint "
                + $"has a new one. {RawBody}"
        );
    }

    // Common errors of other signers.
    private static Diagnosis? DiagnoseSigner(ReadOnlySpan<byte> body, string header, string secret, DateTimeOffset signedAt)
    {
        byte[] signed =
        [
            .. Encoding.ASCII.GetBytes(signedAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
            (byte)'.',
            .. body,
        ];
        return HeaderContains(header, secret, body)
                ? new(
                    "The body was signed without the timestamp.",
                    "The signer must sign the timestamp, a dot and the body: \"<t>.<body>\"."
                )
            : GetKeysWithoutPrefix(secret).Any(key => HeaderContains(header, key, signed))
                ? new("It was signed with the secret without its prefix.", "The key is the whole text of the secret, including whsec_.")
            : null;
    }

    private static IEnumerable<string> GetKeysWithoutPrefix(string secret) =>
        ((string[])["whsec_test_", "whsec_live_", "whsec_"])
            .Where(prefix => secret.StartsWith(prefix, StringComparison.Ordinal))
            .Select(prefix => secret[prefix.Length..]);

    private static bool HeaderContains(string header, string key, ReadOnlySpan<byte> signed) =>
        header.Contains(Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), signed)), StringComparison.Ordinal);
}
