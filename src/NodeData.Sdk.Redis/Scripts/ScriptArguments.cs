using System.Globalization;
using NodeData.Sdk.Webhooks;
using StackExchange.Redis;

namespace NodeData.Sdk.Redis.Scripts;

/// <summary>Creates the keys and arguments of a script from a claim.</summary>
internal static class ScriptArguments
{
    /// <summary>Gets the keys of the lease and the record. The string in braces determines the slot in a cluster; a claim key contains no braces.</summary>
    public static RedisKey[] GetKeys(WebhookClaim claim, string prefix) =>
        [$"{prefix}{{{claim.Key}}}:lease", $"{prefix}{{{claim.Key}}}:record"];

    public static RedisValue[] GetArguments(WebhookClaim claim) =>
        [
            claim.OwnerToken,
            ToMilliseconds(claim.Lease),
            ToMilliseconds(claim.Retention),
            ToMilliseconds(claim.Lease > claim.Retention ? claim.Lease : claim.Retention),
        ];

    // Rounded up, so that a lease does not expire early; Redis rejects a duration of zero.
    private static string ToMilliseconds(TimeSpan time) =>
        (((time.Ticks - 1) / TimeSpan.TicksPerMillisecond) + 1).ToString(CultureInfo.InvariantCulture);
}
