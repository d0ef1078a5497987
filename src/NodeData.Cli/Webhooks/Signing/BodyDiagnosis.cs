using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NodeData.Sdk;

namespace NodeData.Cli.Webhooks.Signing;

/// <summary>Why a signature does not match its body: tries what usually happens to one on its way.</summary>
internal static class BodyDiagnosis
{
    private const string RawBody =
        "Verify the bytes as they came, before anything decodes or reformats them (docs/webhooks.md, \"What not to do\").";

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
            $"It was signed with another secret than {string.Join(", ", secrets.Select(secret => secret.Hint))}, or the body or the time was changed.",
            "Compare the secret's ending with that of the endpoint it was delivered for: each endpoint has its own, so has each mode, and a new endpoint a "
                + $"new one. {RawBody}"
        );
    }

    // Mistakes of those who sign by themselves.
    private static Diagnosis? DiagnoseSigner(ReadOnlySpan<byte> body, string header, string secret, DateTimeOffset signedAt)
    {
        byte[] signed =
        [
            .. Encoding.ASCII.GetBytes(signedAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
            (byte)'.',
            .. body,
        ];
        return HeaderContains(header, secret, body)
                ? new("The body was signed without its time.", "Whoever signs puts the time and a dot in front: \"<t>.<body>\".")
            : GetKeysWithoutPrefix(secret).Any(key => HeaderContains(header, key, signed))
                ? new("It was signed with the secret less its prefix.", "The whole text of the secret is the key, whsec_ included.")
            : null;
    }

    private static IEnumerable<string> GetKeysWithoutPrefix(string secret) =>
        ((string[])["whsec_test_", "whsec_live_", "whsec_"])
            .Where(prefix => secret.StartsWith(prefix, StringComparison.Ordinal))
            .Select(prefix => secret[prefix.Length..]);

    private static bool HeaderContains(string header, string key, ReadOnlySpan<byte> signed) =>
        header.Contains(Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), signed)), StringComparison.Ordinal);
}
