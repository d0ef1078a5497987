namespace NodeData.Sdk.Testing.Conformance.Checks;

/// <summary>Checks of leases and renewals.</summary>
internal static class LeaseChecks
{
    public static WebhookClaimStoreCheck[] All { get; } =
    [
        new("expired_key_is_granted", "After a lease has expired, the next claim for the key is granted.", CheckExpiryAsync),
        new(
            "expired_claim_cannot_be_renewed",
            "A claim whose lease has expired cannot be renewed, even if no other owner has claimed the key.",
            CheckRenewalAfterExpiryAsync
        ),
        new(
            "expired_claim_cannot_be_completed",
            "A claim whose lease has expired cannot be completed, even if no other owner has claimed the key.",
            CheckCompletionAfterExpiryAsync
        ),
        new("expired_claim_cannot_be_released", "A claim whose lease has expired cannot be released.", CheckReleaseAfterExpiryAsync),
        new("former_owner_is_fenced", "An owner whose lease has expired cannot change the claim of the next owner.", CheckFencingAsync),
        new("renewal_restarts_the_lease", "A renewal restarts the lease at the time of the renewal.", CheckRenewalRestartsLeaseAsync),
        new(
            "renewal_keeps_the_claim",
            "A claim that is renewed before its lease expires stays with its owner.",
            CheckRenewalKeepsClaimAsync
        ),
        new("renewal_requires_the_owner", "Only the owner of a claim can renew it.", CheckOwnerIsRequiredAsync),
        new(
            "min_and_max_durations",
            "Every lease and retention period greater than zero is supported, up to TimeSpan.MaxValue.",
            CheckMinAndMaxDurationsAsync
        ),
    ];

    private static async Task CheckExpiryAsync(ConformanceContext context)
    {
        await ClaimAndExpireAsync(context).ConfigureAwait(false);
        await context.Store.AssertGrantedAsync(context.CreateClaim(), 2, "The lease of the only claim expired").ConfigureAwait(false);
    }

    private static async Task CheckRenewalAfterExpiryAsync(ConformanceContext context)
    {
        var expired = await ClaimAndExpireAsync(context).ConfigureAwait(false);
        await context
            .Store.AssertRenewAsync(expired, false, "The lease expired, and no other owner has claimed the key")
            .ConfigureAwait(false);
        await context
            .Store.AssertGrantedAsync(context.CreateClaim(), 2, "The lease expired, and a renewal was rejected")
            .ConfigureAwait(false);
    }

    private static async Task CheckCompletionAfterExpiryAsync(ConformanceContext context)
    {
        var expired = await ClaimAndExpireAsync(context).ConfigureAwait(false);
        await context
            .Store.AssertCompleteAsync(expired, false, "The lease expired, and no other owner has claimed the key")
            .ConfigureAwait(false);
        await context
            .Store.AssertGrantedAsync(context.CreateClaim(), 2, "The lease expired, and a completion was rejected")
            .ConfigureAwait(false);
    }

    private static async Task CheckReleaseAfterExpiryAsync(ConformanceContext context)
    {
        var expired = await ClaimAndExpireAsync(context).ConfigureAwait(false);
        await context
            .Store.AssertReleaseAsync(expired, false, "The lease expired, and no other owner has claimed the key")
            .ConfigureAwait(false);
        await context
            .Store.AssertGrantedAsync(context.CreateClaim(), 2, "The lease expired, and a release was rejected")
            .ConfigureAwait(false);
    }

    private static async Task CheckFencingAsync(ConformanceContext context)
    {
        var expired = await ClaimAndExpireAsync(context).ConfigureAwait(false);
        var successor = context.CreateClaim();
        await context.Store.AssertGrantedAsync(successor, 2, "The lease of the first owner expired").ConfigureAwait(false);
        await context.Store.AssertRenewAsync(expired, false, "Another owner has claimed the key since").ConfigureAwait(false);
        await context.Store.AssertCompleteAsync(expired, false, "Another owner has claimed the key since").ConfigureAwait(false);
        await context.Store.AssertReleaseAsync(expired, false, "Another owner has claimed the key since").ConfigureAwait(false);
        await context
            .Store.AssertInProgressAsync(expired, "The former owner claims the key, and another owner has claimed it since")
            .ConfigureAwait(false);
        await context
            .Store.AssertCompleteAsync(successor, true, "The owner holds the claim, and every call of the former owner was rejected")
            .ConfigureAwait(false);
    }

    private static async Task CheckRenewalRestartsLeaseAsync(ConformanceContext context)
    {
        var claim = context.CreateClaim();
        await context.Store.AssertGrantedAsync(claim, 1, "The key is unclaimed").ConfigureAwait(false);
        await context
            .Store.AssertRenewAsync(context.Repeat(claim, lease: context.ShortInterval), true, "The owner holds the claim")
            .ConfigureAwait(false);
        await context.AdvanceTimeAsync(context.ShortInterval).ConfigureAwait(false);
        await context
            .Store.AssertGrantedAsync(context.CreateClaim(), 2, "The lease of the renewal, shorter than the first one, expired")
            .ConfigureAwait(false);
    }

    // Ten times the short interval: with a real clock, the renewal must be called before the lease expires.
    private static async Task CheckRenewalKeepsClaimAsync(ConformanceContext context)
    {
        var claim = context.CreateClaim(lease: 10 * context.ShortInterval);
        await context.Store.AssertGrantedAsync(claim, 1, "The key is unclaimed").ConfigureAwait(false);
        await context.Store.AssertRenewAsync(context.Repeat(claim), true, "The owner holds the claim").ConfigureAwait(false);
        await context.AdvanceTimeAsync(claim.Lease).ConfigureAwait(false);
        await context
            .Store.AssertInProgressAsync(context.CreateClaim(), "The first lease has expired, and the claim was renewed")
            .ConfigureAwait(false);
        await context
            .Store.AssertCompleteAsync(claim, true, "The first lease has expired, and the claim was renewed")
            .ConfigureAwait(false);
    }

    private static async Task CheckOwnerIsRequiredAsync(ConformanceContext context)
    {
        await context.Store.AssertRenewAsync(context.CreateClaim(), false, "The key is unclaimed").ConfigureAwait(false);
        await context
            .Store.AssertGrantedAsync(context.CreateClaim(lease: context.ShortInterval), 1, "The key is unclaimed")
            .ConfigureAwait(false);
        await context.Store.AssertRenewAsync(context.CreateClaim(), false, "Another owner holds the claim").ConfigureAwait(false);
        await context.AdvanceTimeAsync(context.ShortInterval).ConfigureAwait(false);
        await context
            .Store.AssertGrantedAsync(context.CreateClaim(), 2, "The lease expired, and another owner tried to renew the claim")
            .ConfigureAwait(false);
    }

    private static async Task CheckMinAndMaxDurationsAsync(ConformanceContext context)
    {
        var maximum = context.CreateClaim(TimeSpan.MaxValue, TimeSpan.MaxValue);
        await context.Store.AssertGrantedAsync(maximum, 1, "The key is unclaimed").ConfigureAwait(false);
        await context.Store.AssertInProgressAsync(context.CreateClaim(), "The claim is held with the maximum lease").ConfigureAwait(false);
        await context.Store.AssertRenewAsync(maximum, true, "The claim is held with the maximum lease").ConfigureAwait(false);
        await context.Store.AssertCompleteAsync(maximum, true, "The claim is held with the maximum lease").ConfigureAwait(false);
        await context
            .Store.AssertAlreadyCompletedAsync(context.CreateClaim(), "The claim was completed with the maximum retention period")
            .ConfigureAwait(false);

        var minimum = context.CreateClaim(TimeSpan.FromTicks(1), TimeSpan.FromTicks(1), context.CreateKey("brief"));
        await context.Store.AssertGrantedAsync(minimum, 1, "The key is unclaimed").ConfigureAwait(false);
        await context.AdvanceTimeAsync(context.ShortInterval).ConfigureAwait(false);
        await context.Store.AssertCompleteAsync(minimum, false, "The minimum lease expired").ConfigureAwait(false);
    }

    private static async Task<Webhooks.WebhookClaim> ClaimAndExpireAsync(ConformanceContext context)
    {
        var claim = context.CreateClaim(lease: context.ShortInterval);
        await context.Store.AssertGrantedAsync(claim, 1, "The key is unclaimed").ConfigureAwait(false);
        await context.AdvanceTimeAsync(context.ShortInterval).ConfigureAwait(false);
        return claim;
    }
}
