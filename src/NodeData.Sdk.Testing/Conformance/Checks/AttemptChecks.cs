namespace NodeData.Sdk.Testing.Conformance.Checks;

/// <summary>How often a delivery was tried.</summary>
internal static class AttemptChecks
{
    public static WebhookClaimStoreCheck[] All { get; } =
    [
        new("attempts_are_kept_over_a_release", "Each grant counts as an attempt; a release does not set the count back.", ReleaseAsync),
        new("attempts_are_kept_over_a_lost_lease", "Each grant counts as an attempt, also where the one before lost its lease.", LostAsync),
        new("lost_claim_of_the_same_owner_is_a_new_attempt", "Who lost a lease and claims again begins a new attempt.", SameOwnerAsync),
        new("refused_claims_are_no_attempts", "A claim that was refused does not count as an attempt.", RefusedAsync),
    ];

    private static async Task ReleaseAsync(Scene scene)
    {
        for (var attempt = 1; attempt <= 4; attempt++)
        {
            var claim = scene.Claim();
            await scene.Log.GrantsAsync(claim, attempt, $"It was claimed and released {attempt - 1} times").ConfigureAwait(false);
            await scene.Log.ReleasesAsync(claim, true, "Its owner holds it").ConfigureAwait(false);
        }
    }

    private static async Task LostAsync(Scene scene)
    {
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            var claim = scene.Claim(lease: scene.Short);
            await scene
                .Log.GrantsAsync(claim, attempt, $"It was claimed {attempt - 1} times, and each lease ran out")
                .ConfigureAwait(false);
            await scene.LetPassAsync(scene.Short).ConfigureAwait(false);
        }
    }

    private static async Task SameOwnerAsync(Scene scene)
    {
        var claim = scene.Claim(lease: scene.Short);
        await scene.Log.GrantsAsync(claim, 1, "Nobody claimed it before").ConfigureAwait(false);
        await scene.LetPassAsync(scene.Short).ConfigureAwait(false);
        await scene.Log.GrantsAsync(scene.Again(claim), 2, "The same owner lost its lease").ConfigureAwait(false);
        await scene.Log.ReleasesAsync(claim, true, "The same owner holds it anew").ConfigureAwait(false);
        await scene.Log.GrantsAsync(scene.Again(claim), 3, "The same owner released it").ConfigureAwait(false);
    }

    private static async Task RefusedAsync(Scene scene)
    {
        var held = scene.Claim();
        await scene.Log.GrantsAsync(held, 1, "Nobody claimed it before").ConfigureAwait(false);
        for (var refused = 0; refused < 3; refused++)
        {
            await scene.Log.SaysInProgressAsync(scene.Claim(), "Another holds it").ConfigureAwait(false);
        }

        await scene.Log.ReleasesAsync(held, true, "Its owner holds it").ConfigureAwait(false);
        await scene.Log.GrantsAsync(scene.Claim(), 2, "One claim was granted and three were refused").ConfigureAwait(false);
    }
}
