using System.Security.Cryptography;

namespace NodeData.Cli.Tests.Doubles;

/// <summary>Secrets that open nothing, made anew for each test: none stands in the sources, where a scan would find it.</summary>
internal static class TestSecrets
{
    public static string CreateLiveKey() => $"nd_live_{RandomNumberGenerator.GetHexString(32, lowercase: true)}";

    public static string CreateTestKey() => $"nd_test_{RandomNumberGenerator.GetHexString(32, lowercase: true)}";

    public static string CreateWebhookSecret() => $"whsec_{RandomNumberGenerator.GetHexString(48, lowercase: true)}";

    /// <summary>What may be shown of a key.</summary>
    public static string GetHint(string key) => $"{key[..8]}…{key[^4..]}";
}
