using System.Security.Cryptography;

namespace NodeData.Cli.Tests.Doubles;

/// <summary>Generates test-only secrets for each test, so that the sources contain none that a scan would find.</summary>
internal static class TestSecrets
{
    public static string CreateLiveKey() => $"nd_live_{RandomNumberGenerator.GetHexString(32, lowercase: true)}";

    public static string CreateTestKey() => $"nd_test_{RandomNumberGenerator.GetHexString(32, lowercase: true)}";

    public static string CreateWebhookSecret() => $"whsec_{RandomNumberGenerator.GetHexString(48, lowercase: true)}";

    /// <summary>Returns the masked form of a key.</summary>
    public static string GetHint(string key) => $"{key[..8]}…{key[^4..]}";
}
