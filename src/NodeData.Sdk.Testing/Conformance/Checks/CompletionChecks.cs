namespace NodeData.Sdk.Testing.Conformance.Checks;

/// <summary>What it means that a delivery was handled.</summary>
internal static class CompletionChecks
{
    public static WebhookClaimStoreCheck[] All { get; } =
    [
        new(
            "completed_delivery_is_not_handed_out",
            "A completed delivery is granted to nobody, its former owner included.",
            CompletedAsync
        ),
        new("completing_again_is_true_for_its_owner", "Who completed a delivery and asks again is told that it did.", AgainAsync),
        new(
            "completing_needs_the_owner",
            "Nobody but the owner of a claim completes it, and being refused changes nothing.",
            NeedsOwnerAsync
        ),
        new("completing_needs_a_claim", "What nobody claimed cannot be completed, and stays free.", NeedsClaimAsync),
        new("completed_delivery_outlives_its_lease", "A completed delivery stays completed when its lease has run out.", OutlivesAsync),
        new("completed_delivery_cannot_be_undone", "A completed delivery can be neither released nor renewed.", FinalAsync),
    ];

    private static async Task CompletedAsync(Scene scene)
    {
        var claim = await CompleteAsync(scene).ConfigureAwait(false);
        await scene.Log.SaysCompletedAsync(scene.Claim(), "It was completed").ConfigureAwait(false);
        await scene.Log.SaysCompletedAsync(claim, "Its own owner claims it after completing it").ConfigureAwait(false);
    }

    private static async Task AgainAsync(Scene scene)
    {
        var claim = await CompleteAsync(scene).ConfigureAwait(false);
        await scene.Log.CompletesAsync(claim, true, "It was completed by this owner before").ConfigureAwait(false);
        await scene.Log.CompletesAsync(scene.Claim(), false, "It was completed by another owner").ConfigureAwait(false);
        await scene.Log.CompletesAsync(claim, true, "It was completed by this owner before, and another tried").ConfigureAwait(false);
    }

    private static async Task NeedsOwnerAsync(Scene scene)
    {
        var claim = scene.Claim();
        await scene.Log.GrantsAsync(claim, 1, "Nobody claimed it before").ConfigureAwait(false);
        await scene.Log.CompletesAsync(scene.Claim(), false, "Another holds it").ConfigureAwait(false);
        await scene.Log.SaysInProgressAsync(scene.Claim(), "A stranger tried to complete it").ConfigureAwait(false);
        await scene.Log.CompletesAsync(claim, true, "A stranger tried to complete it before its owner does").ConfigureAwait(false);
    }

    private static async Task NeedsClaimAsync(Scene scene)
    {
        await scene.Log.CompletesAsync(scene.Claim(), false, "Nobody claimed it").ConfigureAwait(false);
        await scene.Log.GrantsAsync(scene.Claim(), 1, "Nobody claimed it; somebody tried to complete it").ConfigureAwait(false);
    }

    // Ten times the short time: on a real clock, completing has to come before the lease runs out.
    private static async Task OutlivesAsync(Scene scene)
    {
        var claim = scene.Claim(lease: 10 * scene.Short);
        await scene.Log.GrantsAsync(claim, 1, "Nobody claimed it before").ConfigureAwait(false);
        await scene.Log.CompletesAsync(claim, true, "Its owner holds it").ConfigureAwait(false);
        await scene.LetPassAsync(claim.Lease).ConfigureAwait(false);
        await scene.Log.SaysCompletedAsync(scene.Claim(), "It was completed, and the lease it had has run out").ConfigureAwait(false);
        await scene
            .Log.CompletesAsync(claim, true, "It was completed by this owner, and the lease it had has run out")
            .ConfigureAwait(false);
    }

    private static async Task FinalAsync(Scene scene)
    {
        var claim = await CompleteAsync(scene).ConfigureAwait(false);
        await scene.Log.ReleasesAsync(claim, false, "Its owner completed it").ConfigureAwait(false);
        await scene.Log.RenewsAsync(claim, false, "Its owner completed it").ConfigureAwait(false);
        await scene.Log.SaysCompletedAsync(scene.Claim(), "It was completed, then renewed and released in vain").ConfigureAwait(false);
        await scene.Log.CompletesAsync(claim, true, "It was completed by this owner before").ConfigureAwait(false);
    }

    private static async Task<Webhooks.WebhookClaim> CompleteAsync(Scene scene)
    {
        var claim = scene.Claim();
        await scene.Log.GrantsAsync(claim, 1, "Nobody claimed it before").ConfigureAwait(false);
        await scene.Log.CompletesAsync(claim, true, "Its owner holds it").ConfigureAwait(false);
        return claim;
    }
}
