#if NET10_0_OR_GREATER
using System.Security.Cryptography;
using System.Text;

namespace NodeData.Sdk.Tests.SecretManagers;

/// <summary>Verifies that a request to the root path of an AWS service is signed with a secret access key (Signature Version 4).</summary>
internal static class AwsSignature
{
    public static bool IsValid(string method, IReadOnlyDictionary<string, string> headers, string body, string secretAccessKey)
    {
        // AWS4-HMAC-SHA256 Credential=AKID/20261124/eu-west-1/secretsmanager/aws4_request, SignedHeaders=host;x-amz-date, Signature=hex
        var parts = headers
            .GetValueOrDefault("authorization", "")
            .Split([' ', ','], StringSplitOptions.RemoveEmptyEntries)
            .Where(part => part.Contains('='))
            .ToDictionary(part => part.Split('=')[0], part => part.Split('=')[1]);
        if (!parts.TryGetValue("Credential", out var credential) || !parts.TryGetValue("SignedHeaders", out var signed))
        {
            return false;
        }

        var scope = credential[(credential.IndexOf('/') + 1)..];
        var lines = signed.Split(';').Select(name => $"{name}:{headers.GetValueOrDefault(name)}\n");
        var request = $"{method}\n/\n\n{string.Concat(lines)}\n{signed}\n{Hash(body)}";
        var text = $"AWS4-HMAC-SHA256\n{headers["x-amz-date"]}\n{scope}\n{Hash(request)}";
        var key = scope.Split('/').Aggregate(Encoding.UTF8.GetBytes($"AWS4{secretAccessKey}"), (key, part) => Sign(key, part));
        return parts["Signature"] == Convert.ToHexStringLower(Sign(key, text)) && signed.Contains("host", StringComparison.Ordinal);
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.Latin1.GetBytes(text)));

    private static byte[] Sign(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));
}
#endif
