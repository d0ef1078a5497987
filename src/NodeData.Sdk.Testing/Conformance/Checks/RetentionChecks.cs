namespace NodeData.Sdk.Testing.Conformance.Checks;

/// <summary>How long a delivery is remembered.</summary>
internal static class RetentionChecks
{
    public static WebhookClaimStoreCheck[] All { get; } =
    [
        new("completed_delivery_is_forgotten_after_its_retention", "After the retention a delivery is new: attempt 1.", ForgottenAsync),
        new("completing_counts_the_retention_anew", "The retention is counted from when the delivery was completed.", AnewAsync),
        new(
            "releasing_counts_the_retention_anew",
            "How often a delivery was tried is remembered from when it was released.",
            ReleasedAsync
        ),
        new("held_delivery_is_never_forgotten", "A delivery that is held is remembered, however short its retention is.", HeldAsync),
        new("attempts_are_forgotten_after_their_retention", "How often a delivery was tried is forgotten with it.", AttemptsAsync),
    ];

    private static async Task ForgottenAsync(Scene scene)
    {
        var claim = scene.Claim();
        await scene.Log.GrantsAsync(claim, 1, "Nobody claimed it before").ConfigureAwait(false);
        var forgotten = scene.Again(claim, retention: scene.Short);
        await scene.Log.CompletesAsync(forgotten, true, "Its owner holds it").ConfigureAwait(false);
        await scene.LetPassAsync(scene.Short).ConfigureAwait(false);
        await scene.Log.CompletesAsync(forgotten, false, "It was completed, and its retention is over").ConfigureAwait(false);
        await scene.Log.GrantsAsync(scene.Claim(), 1, "It was completed, and its retention is over").ConfigureAwait(false);
    }

    private static async Task AnewAsync(Scene scene)
    {
        var claim = scene.Claim(retention: scene.Short);
        await scene.Log.GrantsAsync(claim, 1, "Nobody claimed it before").ConfigureAwait(false);
        await scene.LetPassAsync(scene.Short).ConfigureAwait(false);
        await scene.Log.CompletesAsync(scene.Again(claim), true, "Its owner holds it").ConfigureAwait(false);
        await scene.LetPassAsync(scene.Short).ConfigureAwait(false);
        await scene.Log.SaysCompletedAsync(scene.Claim(), "It was completed within its retention").ConfigureAwait(false);
    }

    private static async Task ReleasedAsync(Scene scene)
    {
        var claim = scene.Claim(retention: scene.Short);
        await scene.Log.GrantsAsync(claim, 1, "Nobody claimed it before").ConfigureAwait(false);
        await scene.Log.ReleasesAsync(scene.Again(claim), true, "Its owner holds it").ConfigureAwait(false);
        await scene.LetPassAsync(scene.Short).ConfigureAwait(false);
        await scene.Log.GrantsAsync(scene.Claim(), 2, "It was tried once and released within its retention").ConfigureAwait(false);
    }

    private static async Task HeldAsync(Scene scene)
    {
        var claim = scene.Claim(retention: scene.Short);
        await scene.Log.GrantsAsync(claim, 1, "Nobody claimed it before").ConfigureAwait(false);
        await scene.LetPassAsync(scene.Short).ConfigureAwait(false);
        await scene.Log.SaysInProgressAsync(scene.Claim(), "It is held, and longer than its retention").ConfigureAwait(false);
        await scene.Log.RenewsAsync(claim, true, "It is held, and longer than its retention").ConfigureAwait(false);
        await scene.LetPassAsync(scene.Short).ConfigureAwait(false);
        await scene.Log.CompletesAsync(claim, true, "It was renewed, and is held longer than its retention").ConfigureAwait(false);
    }

    private static async Task AttemptsAsync(Scene scene)
    {
        var claim = scene.Claim();
        await scene.Log.GrantsAsync(claim, 1, "Nobody claimed it before").ConfigureAwait(false);
        await scene.Log.ReleasesAsync(scene.Again(claim, retention: scene.Short), true, "Its owner holds it").ConfigureAwait(false);
        await scene.LetPassAsync(scene.Short).ConfigureAwait(false);
        await scene.Log.GrantsAsync(scene.Claim(), 1, "It was tried once, and its retention is over").ConfigureAwait(false);
    }
}
