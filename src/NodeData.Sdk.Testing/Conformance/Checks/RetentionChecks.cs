namespace NodeData.Sdk.Testing.Conformance.Checks;

/// <summary>How long a delivery is remembered.</summary>
internal static class RetentionChecks
{
    public static WebhookClaimStoreCheck[] All { get; } =
    [
        new("completed_delivery_is_forgotten_after_its_retention", "After the retention a delivery is new: attempt 1.", CheckExpiryAsync),
        new(
            "completing_counts_the_retention_anew",
            "The retention is counted from when the delivery was completed.",
            CheckCompletionRestartsRetentionAsync
        ),
        new(
            "releasing_counts_the_retention_anew",
            "How often a delivery was tried is remembered from when it was released.",
            CheckReleaseRestartsRetentionAsync
        ),
        new(
            "held_delivery_is_never_forgotten",
            "A delivery that is held is remembered, however short its retention is.",
            CheckHeldClaimAsync
        ),
        new("attempts_are_forgotten_after_their_retention", "How often a delivery was tried is forgotten with it.", CheckAttemptCountAsync),
    ];

    private static async Task CheckExpiryAsync(ConformanceContext context)
    {
        var claim = context.CreateClaim();
        await context.Store.AssertGrantedAsync(claim, 1, "Nobody claimed it before").ConfigureAwait(false);
        var completed = context.Repeat(claim, retention: context.ShortInterval);
        await context.Store.AssertCompleteAsync(completed, true, "Its owner holds it").ConfigureAwait(false);
        await context.AdvanceTimeAsync(context.ShortInterval).ConfigureAwait(false);
        await context.Store.AssertCompleteAsync(completed, false, "It was completed, and its retention is over").ConfigureAwait(false);
        await context
            .Store.AssertGrantedAsync(context.CreateClaim(), 1, "It was completed, and its retention is over")
            .ConfigureAwait(false);
    }

    private static async Task CheckCompletionRestartsRetentionAsync(ConformanceContext context)
    {
        var claim = context.CreateClaim(retention: context.ShortInterval);
        await context.Store.AssertGrantedAsync(claim, 1, "Nobody claimed it before").ConfigureAwait(false);
        await context.AdvanceTimeAsync(context.ShortInterval).ConfigureAwait(false);
        await context.Store.AssertCompleteAsync(context.Repeat(claim), true, "Its owner holds it").ConfigureAwait(false);
        await context.AdvanceTimeAsync(context.ShortInterval).ConfigureAwait(false);
        await context
            .Store.AssertAlreadyCompletedAsync(context.CreateClaim(), "It was completed within its retention")
            .ConfigureAwait(false);
    }

    private static async Task CheckReleaseRestartsRetentionAsync(ConformanceContext context)
    {
        var claim = context.CreateClaim(retention: context.ShortInterval);
        await context.Store.AssertGrantedAsync(claim, 1, "Nobody claimed it before").ConfigureAwait(false);
        await context.Store.AssertReleaseAsync(context.Repeat(claim), true, "Its owner holds it").ConfigureAwait(false);
        await context.AdvanceTimeAsync(context.ShortInterval).ConfigureAwait(false);
        await context
            .Store.AssertGrantedAsync(context.CreateClaim(), 2, "It was tried once and released within its retention")
            .ConfigureAwait(false);
    }

    private static async Task CheckHeldClaimAsync(ConformanceContext context)
    {
        var claim = context.CreateClaim(retention: context.ShortInterval);
        await context.Store.AssertGrantedAsync(claim, 1, "Nobody claimed it before").ConfigureAwait(false);
        await context.AdvanceTimeAsync(context.ShortInterval).ConfigureAwait(false);
        await context.Store.AssertInProgressAsync(context.CreateClaim(), "It is held, and longer than its retention").ConfigureAwait(false);
        await context.Store.AssertRenewAsync(claim, true, "It is held, and longer than its retention").ConfigureAwait(false);
        await context.AdvanceTimeAsync(context.ShortInterval).ConfigureAwait(false);
        await context.Store.AssertCompleteAsync(claim, true, "It was renewed, and is held longer than its retention").ConfigureAwait(false);
    }

    private static async Task CheckAttemptCountAsync(ConformanceContext context)
    {
        var claim = context.CreateClaim();
        await context.Store.AssertGrantedAsync(claim, 1, "Nobody claimed it before").ConfigureAwait(false);
        await context
            .Store.AssertReleaseAsync(context.Repeat(claim, retention: context.ShortInterval), true, "Its owner holds it")
            .ConfigureAwait(false);
        await context.AdvanceTimeAsync(context.ShortInterval).ConfigureAwait(false);
        await context
            .Store.AssertGrantedAsync(context.CreateClaim(), 1, "It was tried once, and its retention is over")
            .ConfigureAwait(false);
    }
}
