namespace NodeData.Sdk.Testing.Conformance.Checks;

/// <summary>Checks of the retention period.</summary>
internal static class RetentionChecks
{
    public static WebhookClaimStoreCheck[] All { get; } =
    [
        new(
            "completed_key_expires_after_its_retention",
            "After the retention period of a completed key has expired, the next claim is granted as attempt 1.",
            CheckExpiryAsync
        ),
        new(
            "completion_restarts_the_retention",
            "The retention period of a completed key starts at the completion.",
            CheckCompletionRestartsRetentionAsync
        ),
        new(
            "release_restarts_the_retention",
            "The retention period of the attempt count starts at the release.",
            CheckReleaseRestartsRetentionAsync
        ),
        new(
            "held_claim_outlives_its_retention",
            "A claim that is held is kept, even if its retention period has expired.",
            CheckHeldClaimAsync
        ),
        new(
            "attempt_count_expires_after_its_retention",
            "After the retention period of a released key has expired, the attempt count starts at 1 again.",
            CheckAttemptCountAsync
        ),
    ];

    private static async Task CheckExpiryAsync(ConformanceContext context)
    {
        var claim = context.CreateClaim();
        await context.Store.AssertGrantedAsync(claim, 1, "The key is unclaimed").ConfigureAwait(false);
        var completed = context.Repeat(claim, retention: context.ShortInterval);
        await context.Store.AssertCompleteAsync(completed, true, "The owner holds the claim").ConfigureAwait(false);
        await context.AdvanceTimeAsync(context.ShortInterval).ConfigureAwait(false);
        await context
            .Store.AssertCompleteAsync(completed, false, "The claim was completed, and its retention period has expired")
            .ConfigureAwait(false);
        await context
            .Store.AssertGrantedAsync(context.CreateClaim(), 1, "The claim was completed, and its retention period has expired")
            .ConfigureAwait(false);
    }

    private static async Task CheckCompletionRestartsRetentionAsync(ConformanceContext context)
    {
        var claim = context.CreateClaim(retention: context.ShortInterval);
        await context.Store.AssertGrantedAsync(claim, 1, "The key is unclaimed").ConfigureAwait(false);
        await context.AdvanceTimeAsync(context.ShortInterval).ConfigureAwait(false);
        await context.Store.AssertCompleteAsync(context.Repeat(claim), true, "The owner holds the claim").ConfigureAwait(false);
        await context.AdvanceTimeAsync(context.ShortInterval).ConfigureAwait(false);
        await context
            .Store.AssertAlreadyCompletedAsync(context.CreateClaim(), "The claim was completed, and its retention period has not expired")
            .ConfigureAwait(false);
    }

    private static async Task CheckReleaseRestartsRetentionAsync(ConformanceContext context)
    {
        var claim = context.CreateClaim(retention: context.ShortInterval);
        await context.Store.AssertGrantedAsync(claim, 1, "The key is unclaimed").ConfigureAwait(false);
        await context.Store.AssertReleaseAsync(context.Repeat(claim), true, "The owner holds the claim").ConfigureAwait(false);
        await context.AdvanceTimeAsync(context.ShortInterval).ConfigureAwait(false);
        await context
            .Store.AssertGrantedAsync(context.CreateClaim(), 2, "The claim was released, and its retention period has not expired")
            .ConfigureAwait(false);
    }

    private static async Task CheckHeldClaimAsync(ConformanceContext context)
    {
        var claim = context.CreateClaim(retention: context.ShortInterval);
        await context.Store.AssertGrantedAsync(claim, 1, "The key is unclaimed").ConfigureAwait(false);
        await context.AdvanceTimeAsync(context.ShortInterval).ConfigureAwait(false);
        await context
            .Store.AssertInProgressAsync(context.CreateClaim(), "The claim is held longer than its retention period")
            .ConfigureAwait(false);
        await context.Store.AssertRenewAsync(claim, true, "The claim is held longer than its retention period").ConfigureAwait(false);
        await context.AdvanceTimeAsync(context.ShortInterval).ConfigureAwait(false);
        await context
            .Store.AssertCompleteAsync(claim, true, "The claim was renewed and is held longer than its retention period")
            .ConfigureAwait(false);
    }

    private static async Task CheckAttemptCountAsync(ConformanceContext context)
    {
        var claim = context.CreateClaim();
        await context.Store.AssertGrantedAsync(claim, 1, "The key is unclaimed").ConfigureAwait(false);
        await context
            .Store.AssertReleaseAsync(context.Repeat(claim, retention: context.ShortInterval), true, "The owner holds the claim")
            .ConfigureAwait(false);
        await context.AdvanceTimeAsync(context.ShortInterval).ConfigureAwait(false);
        await context
            .Store.AssertGrantedAsync(context.CreateClaim(), 1, "The claim was released, and its retention period has expired")
            .ConfigureAwait(false);
    }
}
