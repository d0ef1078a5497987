namespace NodeData.Sdk.Testing.Conformance.Checks;

/// <summary>Who gets a claim, and what the others are told.</summary>
internal static class ClaimChecks
{
    public static WebhookClaimStoreCheck[] All { get; } =
    [
        new("free_delivery_is_granted", "A delivery that nobody holds is granted, as attempt 1.", CheckFirstClaimAsync),
        new(
            "held_delivery_is_refused",
            "While one owner holds a delivery, everybody else is told that it is in progress.",
            CheckHeldKeyAsync
        ),
        new(
            "lease_left_is_told",
            "The lease left is between zero (not known) and the lease of the claim that holds.",
            CheckRemainingLeaseAsync
        ),
        new(
            "own_claim_is_granted_again",
            "A claim that this owner holds already is granted again, with the same attempt.",
            CheckRepeatedClaimAsync
        ),
        new(
            "own_claim_granted_again_begins_its_lease_anew",
            "A claim that is granted again has its lease begun anew.",
            CheckRestartedLeaseAsync
        ),
        new("instances_share_the_store", "What one instance notes, every other instance over the same store knows.", CheckSharedStoreAsync),
    ];

    private static Task CheckFirstClaimAsync(ConformanceContext context) =>
        context.Store.AssertGrantedAsync(context.CreateClaim(), 1, "Nobody claimed it before");

    private static async Task CheckHeldKeyAsync(ConformanceContext context)
    {
        var held = context.CreateClaim();
        await context.Store.AssertGrantedAsync(held, 1, "Nobody claimed it before").ConfigureAwait(false);
        await context.Store.AssertInProgressAsync(context.CreateClaim(), "Another owner holds it").ConfigureAwait(false);
        await context
            .Store.AssertInProgressAsync(context.CreateClaim(), "Another owner holds it, and one was refused before")
            .ConfigureAwait(false);
        await context.Store.AssertRenewAsync(held, true, "Others were refused while this owner holds it").ConfigureAwait(false);
    }

    private static async Task CheckRemainingLeaseAsync(ConformanceContext context)
    {
        var held = context.CreateClaim();
        await context.Store.AssertGrantedAsync(held, 1, "Nobody claimed it before").ConfigureAwait(false);
        var inProgress = await context
            .Store.AssertInProgressAsync(context.CreateClaim(lease: context.ShortInterval), "Another owner holds it")
            .ConfigureAwait(false);
        if (inProgress.RemainingLease < TimeSpan.Zero || inProgress.RemainingLease > held.Lease)
        {
            throw new CheckFailedException($"LeaseLeft was {inProgress.RemainingLease}, of a lease of {held.Lease}.");
        }
    }

    private static async Task CheckRepeatedClaimAsync(ConformanceContext context)
    {
        var claim = context.CreateClaim();
        await context.Store.AssertGrantedAsync(claim, 1, "Nobody claimed it before").ConfigureAwait(false);
        await context.Store.AssertGrantedAsync(claim, 1, "This owner holds it already").ConfigureAwait(false);
        await context
            .Store.AssertInProgressAsync(context.CreateClaim(), "Another owner holds it, having claimed it twice")
            .ConfigureAwait(false);
        await context.Store.AssertCompleteAsync(claim, true, "This owner claimed it twice").ConfigureAwait(false);
    }

    private static async Task CheckRestartedLeaseAsync(ConformanceContext context)
    {
        var claim = context.CreateClaim();
        await context.Store.AssertGrantedAsync(claim, 1, "Nobody claimed it before").ConfigureAwait(false);
        await context
            .Store.AssertGrantedAsync(context.Repeat(claim, lease: context.ShortInterval), 1, "This owner holds it already")
            .ConfigureAwait(false);
        await context.AdvanceTimeAsync(context.ShortInterval).ConfigureAwait(false);
        await context
            .Store.AssertGrantedAsync(context.CreateClaim(), 2, "The lease of the claim that was granted again ran out")
            .ConfigureAwait(false);
    }

    private static async Task CheckSharedStoreAsync(ConformanceContext context)
    {
        var claim = context.CreateClaim();
        await context.Store.AssertGrantedAsync(claim, 1, "Nobody claimed it before").ConfigureAwait(false);
        await context
            .SecondStore.AssertInProgressAsync(context.CreateClaim(), "It is held, claimed through another instance")
            .ConfigureAwait(false);
        await context.SecondStore.AssertRenewAsync(claim, true, "Its owner renews it through another instance").ConfigureAwait(false);
        await context.SecondStore.AssertCompleteAsync(claim, true, "Its owner completes it through another instance").ConfigureAwait(false);
        await context
            .Store.AssertAlreadyCompletedAsync(context.CreateClaim(), "It was completed through another instance")
            .ConfigureAwait(false);
    }
}
