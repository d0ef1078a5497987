namespace NodeData.Sdk.Testing.Conformance.Checks;

/// <summary>How often a delivery was tried.</summary>
internal static class AttemptChecks
{
    public static WebhookClaimStoreCheck[] All { get; } =
    [
        new(
            "attempts_are_kept_over_a_release",
            "Each grant counts as an attempt; a release does not set the count back.",
            CheckReleaseAsync
        ),
        new(
            "attempts_are_kept_over_a_lost_lease",
            "Each grant counts as an attempt, also where the one before lost its lease.",
            CheckExpiryAsync
        ),
        new("lost_claim_of_the_same_owner_is_a_new_attempt", "Who lost a lease and claims again begins a new attempt.", CheckReclaimAsync),
        new("refused_claims_are_no_attempts", "A claim that was refused does not count as an attempt.", CheckRejectedClaimsAsync),
    ];

    private static async Task CheckReleaseAsync(ConformanceContext context)
    {
        for (var attempt = 1; attempt <= 4; attempt++)
        {
            var claim = context.CreateClaim();
            await context
                .Store.AssertGrantedAsync(claim, attempt, $"It was claimed and released {attempt - 1} times")
                .ConfigureAwait(false);
            await context.Store.AssertReleaseAsync(claim, true, "Its owner holds it").ConfigureAwait(false);
        }
    }

    private static async Task CheckExpiryAsync(ConformanceContext context)
    {
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            var claim = context.CreateClaim(lease: context.ShortInterval);
            await context
                .Store.AssertGrantedAsync(claim, attempt, $"It was claimed {attempt - 1} times, and each lease ran out")
                .ConfigureAwait(false);
            await context.AdvanceTimeAsync(context.ShortInterval).ConfigureAwait(false);
        }
    }

    private static async Task CheckReclaimAsync(ConformanceContext context)
    {
        var claim = context.CreateClaim(lease: context.ShortInterval);
        await context.Store.AssertGrantedAsync(claim, 1, "Nobody claimed it before").ConfigureAwait(false);
        await context.AdvanceTimeAsync(context.ShortInterval).ConfigureAwait(false);
        await context.Store.AssertGrantedAsync(context.Repeat(claim), 2, "The same owner lost its lease").ConfigureAwait(false);
        await context.Store.AssertReleaseAsync(claim, true, "The same owner holds it anew").ConfigureAwait(false);
        await context.Store.AssertGrantedAsync(context.Repeat(claim), 3, "The same owner released it").ConfigureAwait(false);
    }

    private static async Task CheckRejectedClaimsAsync(ConformanceContext context)
    {
        var held = context.CreateClaim();
        await context.Store.AssertGrantedAsync(held, 1, "Nobody claimed it before").ConfigureAwait(false);
        for (var rejected = 0; rejected < 3; rejected++)
        {
            await context.Store.AssertInProgressAsync(context.CreateClaim(), "Another holds it").ConfigureAwait(false);
        }

        await context.Store.AssertReleaseAsync(held, true, "Its owner holds it").ConfigureAwait(false);
        await context
            .Store.AssertGrantedAsync(context.CreateClaim(), 2, "One claim was granted and three were refused")
            .ConfigureAwait(false);
    }
}
