using System.Globalization;
using NodeData.Sdk.Webhooks;
using StackExchange.Redis;

namespace NodeData.Sdk.Redis.Scripts;

/// <summary>What of a claim goes into a script.</summary>
internal static class ScriptArguments
{
    /// <summary>The lease and the record. What is in braces decides the slot in a cluster; the text of a delivery holds no brace.</summary>
    public static RedisKey[] GetKeys(WebhookClaim claim, string prefix) =>
        [$"{prefix}{{{claim.Key}}}:lease", $"{prefix}{{{claim.Key}}}:record"];

    public static RedisValue[] GetArguments(WebhookClaim claim) =>
        [
            claim.OwnerToken,
            ToMilliseconds(claim.Lease),
            ToMilliseconds(claim.Retention),
            ToMilliseconds(claim.Lease > claim.Retention ? claim.Lease : claim.Retention),
        ];

    // Rounded up: a lease is not over before its time, and Redis knows no time of zero.
    private static string ToMilliseconds(TimeSpan time) =>
        (((time.Ticks - 1) / TimeSpan.TicksPerMillisecond) + 1).ToString(CultureInfo.InvariantCulture);
}
