using System.Security.Cryptography;

namespace NodeData.Cli.Tests.Doubles;

/// <summary>Secrets that open nothing, made anew for each test: none stands in the sources, where a scan would find it.</summary>
internal static class MadeUp
{
    public static string LiveKey() => $"nd_live_{RandomNumberGenerator.GetHexString(32, lowercase: true)}";

    public static string TestKey() => $"nd_test_{RandomNumberGenerator.GetHexString(32, lowercase: true)}";

    public static string WebhookSecret() => $"whsec_{RandomNumberGenerator.GetHexString(48, lowercase: true)}";

    /// <summary>What may be shown of a key.</summary>
    public static string HintOf(string key) => $"{key[..8]}…{key[^4..]}";
}
