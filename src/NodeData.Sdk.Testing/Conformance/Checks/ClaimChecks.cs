namespace NodeData.Sdk.Testing.Conformance.Checks;

/// <summary>Checks of claims and of the results of competing claims.</summary>
internal static class ClaimChecks
{
    public static WebhookClaimStoreCheck[] All { get; } =
    [
        new("unclaimed_key_is_granted", "A claim for an unclaimed key is granted as attempt 1.", CheckFirstClaimAsync),
        new("held_key_is_in_progress", "While one owner holds the claim, claims by other owners return in progress.", CheckHeldKeyAsync),
        new(
            "remaining_lease_is_returned",
            "The remaining lease is between zero (unknown) and the lease of the claim that is held.",
            CheckRemainingLeaseAsync
        ),
        new("repeated_claim_is_granted", "A claim that its owner repeats is granted again with the same attempt.", CheckRepeatedClaimAsync),
        new("repeated_claim_restarts_the_lease", "Repeating a claim restarts its lease.", CheckRestartedLeaseAsync),
        new(
            "instances_share_the_store",
            "A change by one instance is visible to every other instance over the same data.",
            CheckSharedStoreAsync
        ),
    ];

    private static Task CheckFirstClaimAsync(ConformanceContext context) =>
        context.Store.AssertGrantedAsync(context.CreateClaim(), 1, "The key is unclaimed");

    private static async Task CheckHeldKeyAsync(ConformanceContext context)
    {
        var held = context.CreateClaim();
        await context.Store.AssertGrantedAsync(held, 1, "The key is unclaimed").ConfigureAwait(false);
        await context.Store.AssertInProgressAsync(context.CreateClaim(), "Another owner holds the claim").ConfigureAwait(false);
        await context
            .Store.AssertInProgressAsync(context.CreateClaim(), "Another owner holds the claim, and a claim was rejected before")
            .ConfigureAwait(false);
        await context
            .Store.AssertRenewAsync(held, true, "The owner holds the claim, and claims by others were rejected")
            .ConfigureAwait(false);
    }

    private static async Task CheckRemainingLeaseAsync(ConformanceContext context)
    {
        var held = context.CreateClaim();
        await context.Store.AssertGrantedAsync(held, 1, "The key is unclaimed").ConfigureAwait(false);
        var inProgress = await context
            .Store.AssertInProgressAsync(context.CreateClaim(lease: context.ShortInterval), "Another owner holds the claim")
            .ConfigureAwait(false);
        if (inProgress.RemainingLease < TimeSpan.Zero || inProgress.RemainingLease > held.Lease)
        {
            throw new CheckFailedException($"RemainingLease was {inProgress.RemainingLease} for a lease of {held.Lease}.");
        }
    }

    private static async Task CheckRepeatedClaimAsync(ConformanceContext context)
    {
        var claim = context.CreateClaim();
        await context.Store.AssertGrantedAsync(claim, 1, "The key is unclaimed").ConfigureAwait(false);
        await context.Store.AssertGrantedAsync(claim, 1, "The owner already holds the claim").ConfigureAwait(false);
        await context
            .Store.AssertInProgressAsync(context.CreateClaim(), "Another owner claimed the key twice and holds the claim")
            .ConfigureAwait(false);
        await context.Store.AssertCompleteAsync(claim, true, "The owner claimed the key twice").ConfigureAwait(false);
    }

    private static async Task CheckRestartedLeaseAsync(ConformanceContext context)
    {
        var claim = context.CreateClaim();
        await context.Store.AssertGrantedAsync(claim, 1, "The key is unclaimed").ConfigureAwait(false);
        await context
            .Store.AssertGrantedAsync(context.Repeat(claim, lease: context.ShortInterval), 1, "The owner already holds the claim")
            .ConfigureAwait(false);
        await context.AdvanceTimeAsync(context.ShortInterval).ConfigureAwait(false);
        await context.Store.AssertGrantedAsync(context.CreateClaim(), 2, "The lease of the repeated claim expired").ConfigureAwait(false);
    }

    private static async Task CheckSharedStoreAsync(ConformanceContext context)
    {
        var claim = context.CreateClaim();
        await context.Store.AssertGrantedAsync(claim, 1, "The key is unclaimed").ConfigureAwait(false);
        await context
            .SecondStore.AssertInProgressAsync(context.CreateClaim(), "The claim is held through another instance")
            .ConfigureAwait(false);
        await context.SecondStore.AssertRenewAsync(claim, true, "The owner holds the claim through another instance").ConfigureAwait(false);
        await context
            .SecondStore.AssertCompleteAsync(claim, true, "The owner holds the claim through another instance")
            .ConfigureAwait(false);
        await context
            .Store.AssertAlreadyCompletedAsync(context.CreateClaim(), "The claim was completed through another instance")
            .ConfigureAwait(false);
    }
}
