using System.Text;
using NodeData.Sdk.Webhooks.Receiving.Claims;

namespace NodeData.Sdk.Webhooks.Receiving.Database;

/// <summary>A claim at the moment of one call: what of it goes into the statements.</summary>
internal sealed class DeliveryMoment(WebhookClaim claim, TimeProvider clock)
{
    private const long LongestMilliseconds = long.MaxValue / TimeSpan.TicksPerMillisecond;

    public string Id { get; } = Digest.Of(Encoding.UTF8.GetBytes(claim.Key.ToString()));

    public string Delivery { get; } = claim.Key.ToString();

    public string Owner { get; } = Digest.Of(Encoding.UTF8.GetBytes(claim.OwnerToken));

    public long Now { get; } = clock.GetUtcNow().ToUnixTimeMilliseconds();

    public long LeaseUntil => Now + Milliseconds(claim.Lease);

    /// <summary>When a delivery that nobody holds is forgotten.</summary>
    public long Forgotten => Now + Milliseconds(claim.Retention);

    /// <summary>When a delivery that is held is forgotten: never before its lease has run out.</summary>
    public long ForgottenWhileHeld => Math.Max(Forgotten, LeaseUntil);

    public TimeSpan LeaseLeft(DeliveryRow row) =>
        TimeSpan.FromTicks(Math.Min(row.LeaseUntil - Now, LongestMilliseconds) * TimeSpan.TicksPerMillisecond);

    // Rounded up: a lease is not over before its time.
    private static long Milliseconds(TimeSpan time) => ((time.Ticks - 1) / TimeSpan.TicksPerMillisecond) + 1;
}
