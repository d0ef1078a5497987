using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace NodeData.Sdk.Tests.Webhooks.Signing;

/// <summary>A reference implementation of the contract's signature rules, written for clarity. Tests compare the verifier with it.</summary>
internal static partial class ReferenceVerifier
{
    public static string ComputeSignature(string secret, string timestamp, byte[] body)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes(timestamp + "."), .. body];
        return Convert.ToHexString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed)).ToLowerInvariant();
    }

    /// <summary>Verifies a header.</summary>
    /// <returns><c>valid</c> or an error code of the contract.</returns>
    public static string Verify(string[] secrets, byte[] body, string? header, long now, long tolerance)
    {
        if (header is null || header.Length > 4096)
        {
            return "malformed_signature";
        }

        var parts = header.Split(',').Select(part => part.Trim(' ', '\t')).ToArray();
        var times = parts.Where(part => part.StartsWith("t=", StringComparison.Ordinal)).Select(part => part[2..]).ToArray();
        var signatures = parts.Where(part => SignaturePart().IsMatch(part)).Select(part => part[3..]).ToArray();
        if (times.Length != 1 || !TimestampForm().IsMatch(times[0]) || signatures.Length == 0)
        {
            return "malformed_signature";
        }

        return Math.Abs(now - long.Parse(times[0], CultureInfo.InvariantCulture)) > tolerance ? "stale_signature"
            : secrets.Any(secret => signatures.Contains(ComputeSignature(secret, times[0], body))) ? "valid"
            : "invalid_signature";
    }

    [GeneratedRegex(@"\Av1=[0-9a-f]{64}\z")]
    private static partial Regex SignaturePart();

    [GeneratedRegex(@"\A[1-9][0-9]{0,17}\z")]
    private static partial Regex TimestampForm();
}
