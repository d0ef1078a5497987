namespace NodeData.Sdk.Testing.Conformance.Checks;

/// <summary>Checks of completed claims.</summary>
internal static class CompletionChecks
{
    public static WebhookClaimStoreCheck[] All { get; } =
    [
        new(
            "completed_key_is_not_granted",
            "A completed key is not granted to any owner, including the one that completed it.",
            CheckCompletedKeyAsync
        ),
        new(
            "completion_is_idempotent",
            "Repeating a completion returns true to the owner that completed the claim.",
            CheckRepeatedCompletionAsync
        ),
        new(
            "completion_requires_the_owner",
            "Only the owner of a claim can complete it; a rejected completion changes nothing.",
            CheckOwnerIsRequiredAsync
        ),
        new("completion_requires_a_claim", "An unclaimed key cannot be completed and stays unclaimed.", CheckClaimIsRequiredAsync),
        new("completion_outlives_the_lease", "A completed key stays completed after the lease has expired.", CheckExpiredLeaseAsync),
        new("completion_is_final", "A completed claim can be neither released nor renewed.", CheckCompletionIsFinalAsync),
    ];

    private static async Task CheckCompletedKeyAsync(ConformanceContext context)
    {
        var claim = await ClaimAndCompleteAsync(context).ConfigureAwait(false);
        await context.Store.AssertAlreadyCompletedAsync(context.CreateClaim(), "The claim was completed").ConfigureAwait(false);
        await context.Store.AssertAlreadyCompletedAsync(claim, "The same owner completed the claim").ConfigureAwait(false);
    }

    private static async Task CheckRepeatedCompletionAsync(ConformanceContext context)
    {
        var claim = await ClaimAndCompleteAsync(context).ConfigureAwait(false);
        await context.Store.AssertCompleteAsync(claim, true, "The owner completed the claim before").ConfigureAwait(false);
        await context.Store.AssertCompleteAsync(context.CreateClaim(), false, "Another owner completed the claim").ConfigureAwait(false);
        await context
            .Store.AssertCompleteAsync(claim, true, "The owner completed the claim before, and another owner tried to complete it")
            .ConfigureAwait(false);
    }

    private static async Task CheckOwnerIsRequiredAsync(ConformanceContext context)
    {
        var claim = context.CreateClaim();
        await context.Store.AssertGrantedAsync(claim, 1, "The key is unclaimed").ConfigureAwait(false);
        await context.Store.AssertCompleteAsync(context.CreateClaim(), false, "Another owner holds the claim").ConfigureAwait(false);
        await context
            .Store.AssertInProgressAsync(context.CreateClaim(), "Another owner holds the claim, and a third tried to complete it")
            .ConfigureAwait(false);
        await context
            .Store.AssertCompleteAsync(claim, true, "The owner holds the claim, and another tried to complete it")
            .ConfigureAwait(false);
    }

    private static async Task CheckClaimIsRequiredAsync(ConformanceContext context)
    {
        await context.Store.AssertCompleteAsync(context.CreateClaim(), false, "The key is unclaimed").ConfigureAwait(false);
        await context
            .Store.AssertGrantedAsync(context.CreateClaim(), 1, "The key is unclaimed, and an owner without a claim tried to complete it")
            .ConfigureAwait(false);
    }

    // Ten times the short interval: with a real clock, the completion must be called before the lease expires.
    private static async Task CheckExpiredLeaseAsync(ConformanceContext context)
    {
        var claim = context.CreateClaim(lease: 10 * context.ShortInterval);
        await context.Store.AssertGrantedAsync(claim, 1, "The key is unclaimed").ConfigureAwait(false);
        await context.Store.AssertCompleteAsync(claim, true, "The owner holds the claim").ConfigureAwait(false);
        await context.AdvanceTimeAsync(claim.Lease).ConfigureAwait(false);
        await context
            .Store.AssertAlreadyCompletedAsync(context.CreateClaim(), "The claim was completed, and its lease has expired")
            .ConfigureAwait(false);
        await context
            .Store.AssertCompleteAsync(claim, true, "The owner completed the claim, and its lease has expired")
            .ConfigureAwait(false);
    }

    private static async Task CheckCompletionIsFinalAsync(ConformanceContext context)
    {
        var claim = await ClaimAndCompleteAsync(context).ConfigureAwait(false);
        await context.Store.AssertReleaseAsync(claim, false, "The owner completed the claim").ConfigureAwait(false);
        await context.Store.AssertRenewAsync(claim, false, "The owner completed the claim").ConfigureAwait(false);
        await context
            .Store.AssertAlreadyCompletedAsync(context.CreateClaim(), "The claim was completed, and a release and a renewal were rejected")
            .ConfigureAwait(false);
        await context.Store.AssertCompleteAsync(claim, true, "The owner completed the claim before").ConfigureAwait(false);
    }

    private static async Task<Webhooks.WebhookClaim> ClaimAndCompleteAsync(ConformanceContext context)
    {
        var claim = context.CreateClaim();
        await context.Store.AssertGrantedAsync(claim, 1, "The key is unclaimed").ConfigureAwait(false);
        await context.Store.AssertCompleteAsync(claim, true, "The owner holds the claim").ConfigureAwait(false);
        return claim;
    }
}
