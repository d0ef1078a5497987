using System.Text;
using NodeData.Sdk.Webhooks.Receiving.Claims;

namespace NodeData.Sdk.Webhooks.Receiving.Database;

/// <summary>A claim at the moment of one call: what of it goes into the statements.</summary>
internal sealed class ClaimParameters(WebhookClaim claim, TimeProvider clock)
{
    private const long MaxMilliseconds = long.MaxValue / TimeSpan.TicksPerMillisecond;

    public string Id { get; } = Digest.Compute(Encoding.UTF8.GetBytes(claim.Key.ToString()));

    public string Key { get; } = claim.Key.ToString();

    public string OwnerId { get; } = Digest.Compute(Encoding.UTF8.GetBytes(claim.OwnerToken));

    public long Now { get; } = clock.GetUtcNow().ToUnixTimeMilliseconds();

    public long LeaseUntil => Now + ToMilliseconds(claim.Lease);

    /// <summary>When a delivery that nobody holds is forgotten.</summary>
    public long ExpiresAt => Now + ToMilliseconds(claim.Retention);

    /// <summary>When a delivery that is held is forgotten: never before its lease has run out.</summary>
    public long ExpiresAtWhileHeld => Math.Max(ExpiresAt, LeaseUntil);

    public TimeSpan GetRemainingLease(ClaimRow row) =>
        TimeSpan.FromTicks(Math.Min(row.LeaseUntil - Now, MaxMilliseconds) * TimeSpan.TicksPerMillisecond);

    // Rounded up: a lease is not over before its time.
    private static long ToMilliseconds(TimeSpan time) => ((time.Ticks - 1) / TimeSpan.TicksPerMillisecond) + 1;
}
