namespace NodeData.Sdk.Testing.Conformance.Checks;

/// <summary>Checks of the attempt count.</summary>
internal static class AttemptChecks
{
    public static WebhookClaimStoreCheck[] All { get; } =
    [
        new(
            "release_keeps_the_attempt_count",
            "Each granted claim increments the attempt count; a release does not reset the count.",
            CheckReleaseAsync
        ),
        new(
            "expiry_keeps_the_attempt_count",
            "Each granted claim increments the attempt count, also if the lease of the previous claim has expired.",
            CheckExpiryAsync
        ),
        new(
            "reclaim_after_expiry_is_a_new_attempt",
            "An owner that claims the key again after its lease has expired starts a new attempt.",
            CheckReclaimAsync
        ),
        new(
            "rejected_claims_are_not_counted",
            "A claim that is not granted does not increment the attempt count.",
            CheckRejectedClaimsAsync
        ),
    ];

    private static async Task CheckReleaseAsync(ConformanceContext context)
    {
        for (var attempt = 1; attempt <= 4; attempt++)
        {
            var claim = context.CreateClaim();
            await context
                .Store.AssertGrantedAsync(claim, attempt, $"The key was claimed and released {attempt - 1} times")
                .ConfigureAwait(false);
            await context.Store.AssertReleaseAsync(claim, true, "The owner holds the claim").ConfigureAwait(false);
        }
    }

    private static async Task CheckExpiryAsync(ConformanceContext context)
    {
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            var claim = context.CreateClaim(lease: context.ShortInterval);
            await context
                .Store.AssertGrantedAsync(claim, attempt, $"The key was claimed {attempt - 1} times, and each lease expired")
                .ConfigureAwait(false);
            await context.AdvanceTimeAsync(context.ShortInterval).ConfigureAwait(false);
        }
    }

    private static async Task CheckReclaimAsync(ConformanceContext context)
    {
        var claim = context.CreateClaim(lease: context.ShortInterval);
        await context.Store.AssertGrantedAsync(claim, 1, "The key is unclaimed").ConfigureAwait(false);
        await context.AdvanceTimeAsync(context.ShortInterval).ConfigureAwait(false);
        await context.Store.AssertGrantedAsync(context.Repeat(claim), 2, "The lease of the same owner expired").ConfigureAwait(false);
        await context.Store.AssertReleaseAsync(claim, true, "The same owner claimed the key again").ConfigureAwait(false);
        await context.Store.AssertGrantedAsync(context.Repeat(claim), 3, "The same owner released the claim").ConfigureAwait(false);
    }

    private static async Task CheckRejectedClaimsAsync(ConformanceContext context)
    {
        var held = context.CreateClaim();
        await context.Store.AssertGrantedAsync(held, 1, "The key is unclaimed").ConfigureAwait(false);
        for (var rejected = 0; rejected < 3; rejected++)
        {
            await context.Store.AssertInProgressAsync(context.CreateClaim(), "Another owner holds the claim").ConfigureAwait(false);
        }

        await context.Store.AssertReleaseAsync(held, true, "The owner holds the claim").ConfigureAwait(false);
        await context
            .Store.AssertGrantedAsync(context.CreateClaim(), 2, "One claim was granted and three were rejected")
            .ConfigureAwait(false);
    }
}
