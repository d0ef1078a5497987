using System.Text;
using NodeData.Sdk.Webhooks.Receiving.Claims;

namespace NodeData.Sdk.Webhooks.Receiving.Database;

/// <summary>The parameter values of a claim for the statements of one call, with the time of the call.</summary>
internal sealed class ClaimParameters(WebhookClaim claim, TimeProvider clock)
{
    private const long MaxMilliseconds = long.MaxValue / TimeSpan.TicksPerMillisecond;

    public string Id { get; } = Digest.Compute(Encoding.UTF8.GetBytes(claim.Key.ToString()));

    public string Key { get; } = claim.Key.ToString();

    public string OwnerId { get; } = Digest.Compute(Encoding.UTF8.GetBytes(claim.OwnerToken));

    public long Now { get; } = clock.GetUtcNow().ToUnixTimeMilliseconds();

    public long LeaseUntil => Now + ToMilliseconds(claim.Lease);

    /// <summary>Gets the time at which the record of a claim without an owner expires.</summary>
    public long ExpiresAt => Now + ToMilliseconds(claim.Retention);

    /// <summary>Gets the time at which the record of a held claim expires: never before its lease.</summary>
    public long ExpiresAtWhileHeld => Math.Max(ExpiresAt, LeaseUntil);

    public TimeSpan GetRemainingLease(ClaimRow row) =>
        TimeSpan.FromTicks(Math.Min(row.LeaseUntil - Now, MaxMilliseconds) * TimeSpan.TicksPerMillisecond);

    // Rounded up, so that a lease does not expire early.
    private static long ToMilliseconds(TimeSpan time) => ((time.Ticks - 1) / TimeSpan.TicksPerMillisecond) + 1;
}
