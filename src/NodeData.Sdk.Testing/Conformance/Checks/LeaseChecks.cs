namespace NodeData.Sdk.Testing.Conformance.Checks;

/// <summary>How long a claim holds.</summary>
internal static class LeaseChecks
{
    public static WebhookClaimStoreCheck[] All { get; } =
    [
        new(
            "lease_runs_out",
            "A claim is gone when its lease has run out: the delivery is granted to whoever asks next.",
            CheckExpiryAsync
        ),
        new(
            "lost_lease_cannot_be_renewed",
            "A claim whose lease has run out cannot be renewed, even where nobody took the delivery.",
            CheckRenewalAfterExpiryAsync
        ),
        new(
            "lost_lease_cannot_be_completed",
            "A claim whose lease has run out cannot be completed, even where nobody took the delivery.",
            CheckCompletionAfterExpiryAsync
        ),
        new("lost_lease_cannot_be_released", "A claim whose lease has run out is not there to be released.", CheckReleaseAfterExpiryAsync),
        new("former_owner_is_fenced", "Who lost a lease to another can change nothing about the other's claim.", CheckFencingAsync),
        new("renewal_begins_the_lease_anew", "A renewal begins the lease anew, from when it is made.", CheckRenewalRestartsLeaseAsync),
        new("renewal_keeps_the_claim", "A claim that is renewed before its lease runs out is held on.", CheckRenewalKeepsClaimAsync),
        new("renewal_needs_the_owner", "Only the owner of a claim renews it.", CheckOwnerIsRequiredAsync),
        new(
            "shortest_and_longest_times",
            "Every lease and retention above zero can be used, up to the longest TimeSpan.",
            CheckMinAndMaxDurationsAsync
        ),
    ];

    private static async Task CheckExpiryAsync(ConformanceContext context)
    {
        await ClaimAndExpireAsync(context).ConfigureAwait(false);
        await context.Store.AssertGrantedAsync(context.CreateClaim(), 2, "The lease of its only claim ran out").ConfigureAwait(false);
    }

    private static async Task CheckRenewalAfterExpiryAsync(ConformanceContext context)
    {
        var expired = await ClaimAndExpireAsync(context).ConfigureAwait(false);
        await context.Store.AssertRenewAsync(expired, false, "The lease ran out and nobody took the delivery").ConfigureAwait(false);
        await context.Store.AssertGrantedAsync(context.CreateClaim(), 2, "A lost claim was renewed in vain").ConfigureAwait(false);
    }

    private static async Task CheckCompletionAfterExpiryAsync(ConformanceContext context)
    {
        var expired = await ClaimAndExpireAsync(context).ConfigureAwait(false);
        await context.Store.AssertCompleteAsync(expired, false, "The lease ran out and nobody took the delivery").ConfigureAwait(false);
        await context.Store.AssertGrantedAsync(context.CreateClaim(), 2, "A lost claim was completed in vain").ConfigureAwait(false);
    }

    private static async Task CheckReleaseAfterExpiryAsync(ConformanceContext context)
    {
        var expired = await ClaimAndExpireAsync(context).ConfigureAwait(false);
        await context.Store.AssertReleaseAsync(expired, false, "The lease ran out and nobody took the delivery").ConfigureAwait(false);
        await context.Store.AssertGrantedAsync(context.CreateClaim(), 2, "A lost claim was released in vain").ConfigureAwait(false);
    }

    private static async Task CheckFencingAsync(ConformanceContext context)
    {
        var expired = await ClaimAndExpireAsync(context).ConfigureAwait(false);
        var successor = context.CreateClaim();
        await context.Store.AssertGrantedAsync(successor, 2, "The lease of the first owner ran out").ConfigureAwait(false);
        await context.Store.AssertRenewAsync(expired, false, "Another has the delivery by now").ConfigureAwait(false);
        await context.Store.AssertCompleteAsync(expired, false, "Another has the delivery by now").ConfigureAwait(false);
        await context.Store.AssertReleaseAsync(expired, false, "Another has the delivery by now").ConfigureAwait(false);
        await context.Store.AssertInProgressAsync(expired, "The former owner claims what another has by now").ConfigureAwait(false);
        await context.Store.AssertCompleteAsync(successor, true, "The former owner was refused everything").ConfigureAwait(false);
    }

    private static async Task CheckRenewalRestartsLeaseAsync(ConformanceContext context)
    {
        var claim = context.CreateClaim();
        await context.Store.AssertGrantedAsync(claim, 1, "Nobody claimed it before").ConfigureAwait(false);
        await context
            .Store.AssertRenewAsync(context.Repeat(claim, lease: context.ShortInterval), true, "The claim is held")
            .ConfigureAwait(false);
        await context.AdvanceTimeAsync(context.ShortInterval).ConfigureAwait(false);
        await context
            .Store.AssertGrantedAsync(context.CreateClaim(), 2, "The lease of the renewal, shorter than the first, ran out")
            .ConfigureAwait(false);
    }

    // Ten times the short time: on a real clock, the renewal has to come before the lease runs out.
    private static async Task CheckRenewalKeepsClaimAsync(ConformanceContext context)
    {
        var claim = context.CreateClaim(lease: 10 * context.ShortInterval);
        await context.Store.AssertGrantedAsync(claim, 1, "Nobody claimed it before").ConfigureAwait(false);
        await context.Store.AssertRenewAsync(context.Repeat(claim), true, "The claim is held").ConfigureAwait(false);
        await context.AdvanceTimeAsync(claim.Lease).ConfigureAwait(false);
        await context
            .Store.AssertInProgressAsync(context.CreateClaim(), "The first lease is over, and the claim was renewed")
            .ConfigureAwait(false);
        await context.Store.AssertCompleteAsync(claim, true, "The first lease is over, and the claim was renewed").ConfigureAwait(false);
    }

    private static async Task CheckOwnerIsRequiredAsync(ConformanceContext context)
    {
        await context.Store.AssertRenewAsync(context.CreateClaim(), false, "Nobody claimed it").ConfigureAwait(false);
        await context
            .Store.AssertGrantedAsync(context.CreateClaim(lease: context.ShortInterval), 1, "Nobody claimed it")
            .ConfigureAwait(false);
        await context.Store.AssertRenewAsync(context.CreateClaim(), false, "Another holds it").ConfigureAwait(false);
        await context.AdvanceTimeAsync(context.ShortInterval).ConfigureAwait(false);
        await context
            .Store.AssertGrantedAsync(context.CreateClaim(), 2, "Its lease ran out, and somebody else tried to renew it")
            .ConfigureAwait(false);
    }

    private static async Task CheckMinAndMaxDurationsAsync(ConformanceContext context)
    {
        var longest = context.CreateClaim(TimeSpan.MaxValue, TimeSpan.MaxValue);
        await context.Store.AssertGrantedAsync(longest, 1, "Nobody claimed it before").ConfigureAwait(false);
        await context.Store.AssertInProgressAsync(context.CreateClaim(), "It is held for the longest time").ConfigureAwait(false);
        await context.Store.AssertRenewAsync(longest, true, "It is held for the longest time").ConfigureAwait(false);
        await context.Store.AssertCompleteAsync(longest, true, "It is held for the longest time").ConfigureAwait(false);
        await context
            .Store.AssertAlreadyCompletedAsync(context.CreateClaim(), "It is completed for the longest time")
            .ConfigureAwait(false);

        var shortest = context.CreateClaim(TimeSpan.FromTicks(1), TimeSpan.FromTicks(1), context.CreateKey("brief"));
        await context.Store.AssertGrantedAsync(shortest, 1, "Nobody claimed it before").ConfigureAwait(false);
        await context.AdvanceTimeAsync(context.ShortInterval).ConfigureAwait(false);
        await context.Store.AssertCompleteAsync(shortest, false, "The shortest lease ran out").ConfigureAwait(false);
    }

    private static async Task<Webhooks.WebhookClaim> ClaimAndExpireAsync(ConformanceContext context)
    {
        var claim = context.CreateClaim(lease: context.ShortInterval);
        await context.Store.AssertGrantedAsync(claim, 1, "Nobody claimed it before").ConfigureAwait(false);
        await context.AdvanceTimeAsync(context.ShortInterval).ConfigureAwait(false);
        return claim;
    }
}
