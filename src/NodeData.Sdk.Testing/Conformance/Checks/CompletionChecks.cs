namespace NodeData.Sdk.Testing.Conformance.Checks;

/// <summary>What it means that a delivery was handled.</summary>
internal static class CompletionChecks
{
    public static WebhookClaimStoreCheck[] All { get; } =
    [
        new(
            "completed_delivery_is_not_handed_out",
            "A completed delivery is granted to nobody, its former owner included.",
            CheckCompletedKeyAsync
        ),
        new(
            "completing_again_is_true_for_its_owner",
            "Who completed a delivery and asks again is told that it did.",
            CheckRepeatedCompletionAsync
        ),
        new(
            "completing_needs_the_owner",
            "Nobody but the owner of a claim completes it, and being refused changes nothing.",
            CheckOwnerIsRequiredAsync
        ),
        new("completing_needs_a_claim", "What nobody claimed cannot be completed, and stays free.", CheckClaimIsRequiredAsync),
        new(
            "completed_delivery_outlives_its_lease",
            "A completed delivery stays completed when its lease has run out.",
            CheckExpiredLeaseAsync
        ),
        new(
            "completed_delivery_cannot_be_undone",
            "A completed delivery can be neither released nor renewed.",
            CheckCompletionIsFinalAsync
        ),
    ];

    private static async Task CheckCompletedKeyAsync(ConformanceContext context)
    {
        var claim = await ClaimAndCompleteAsync(context).ConfigureAwait(false);
        await context.Store.AssertAlreadyCompletedAsync(context.CreateClaim(), "It was completed").ConfigureAwait(false);
        await context.Store.AssertAlreadyCompletedAsync(claim, "Its own owner claims it after completing it").ConfigureAwait(false);
    }

    private static async Task CheckRepeatedCompletionAsync(ConformanceContext context)
    {
        var claim = await ClaimAndCompleteAsync(context).ConfigureAwait(false);
        await context.Store.AssertCompleteAsync(claim, true, "It was completed by this owner before").ConfigureAwait(false);
        await context.Store.AssertCompleteAsync(context.CreateClaim(), false, "It was completed by another owner").ConfigureAwait(false);
        await context
            .Store.AssertCompleteAsync(claim, true, "It was completed by this owner before, and another tried")
            .ConfigureAwait(false);
    }

    private static async Task CheckOwnerIsRequiredAsync(ConformanceContext context)
    {
        var claim = context.CreateClaim();
        await context.Store.AssertGrantedAsync(claim, 1, "Nobody claimed it before").ConfigureAwait(false);
        await context.Store.AssertCompleteAsync(context.CreateClaim(), false, "Another holds it").ConfigureAwait(false);
        await context.Store.AssertInProgressAsync(context.CreateClaim(), "A stranger tried to complete it").ConfigureAwait(false);
        await context.Store.AssertCompleteAsync(claim, true, "A stranger tried to complete it before its owner does").ConfigureAwait(false);
    }

    private static async Task CheckClaimIsRequiredAsync(ConformanceContext context)
    {
        await context.Store.AssertCompleteAsync(context.CreateClaim(), false, "Nobody claimed it").ConfigureAwait(false);
        await context
            .Store.AssertGrantedAsync(context.CreateClaim(), 1, "Nobody claimed it; somebody tried to complete it")
            .ConfigureAwait(false);
    }

    // Ten times the short time: on a real clock, completing has to come before the lease runs out.
    private static async Task CheckExpiredLeaseAsync(ConformanceContext context)
    {
        var claim = context.CreateClaim(lease: 10 * context.ShortInterval);
        await context.Store.AssertGrantedAsync(claim, 1, "Nobody claimed it before").ConfigureAwait(false);
        await context.Store.AssertCompleteAsync(claim, true, "Its owner holds it").ConfigureAwait(false);
        await context.AdvanceTimeAsync(claim.Lease).ConfigureAwait(false);
        await context
            .Store.AssertAlreadyCompletedAsync(context.CreateClaim(), "It was completed, and the lease it had has run out")
            .ConfigureAwait(false);
        await context
            .Store.AssertCompleteAsync(claim, true, "It was completed by this owner, and the lease it had has run out")
            .ConfigureAwait(false);
    }

    private static async Task CheckCompletionIsFinalAsync(ConformanceContext context)
    {
        var claim = await ClaimAndCompleteAsync(context).ConfigureAwait(false);
        await context.Store.AssertReleaseAsync(claim, false, "Its owner completed it").ConfigureAwait(false);
        await context.Store.AssertRenewAsync(claim, false, "Its owner completed it").ConfigureAwait(false);
        await context
            .Store.AssertAlreadyCompletedAsync(context.CreateClaim(), "It was completed, then renewed and released in vain")
            .ConfigureAwait(false);
        await context.Store.AssertCompleteAsync(claim, true, "It was completed by this owner before").ConfigureAwait(false);
    }

    private static async Task<Webhooks.WebhookClaim> ClaimAndCompleteAsync(ConformanceContext context)
    {
        var claim = context.CreateClaim();
        await context.Store.AssertGrantedAsync(claim, 1, "Nobody claimed it before").ConfigureAwait(false);
        await context.Store.AssertCompleteAsync(claim, true, "Its owner holds it").ConfigureAwait(false);
        return claim;
    }
}
