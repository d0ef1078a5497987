namespace NodeData.Sdk.Testing.Conformance.Checks;

/// <summary>How long a claim holds.</summary>
internal static class LeaseChecks
{
    public static WebhookClaimStoreCheck[] All { get; } =
    [
        new("lease_runs_out", "A claim is gone when its lease has run out: the delivery is granted to whoever asks next.", RunsOutAsync),
        new(
            "lost_lease_cannot_be_renewed",
            "A claim whose lease has run out cannot be renewed, even where nobody took the delivery.",
            LostAsync
        ),
        new(
            "lost_lease_cannot_be_completed",
            "A claim whose lease has run out cannot be completed, even where nobody took the delivery.",
            LostCompleteAsync
        ),
        new("lost_lease_cannot_be_released", "A claim whose lease has run out is not there to be released.", LostReleaseAsync),
        new("former_owner_is_fenced", "Who lost a lease to another can change nothing about the other's claim.", FencedAsync),
        new("renewal_begins_the_lease_anew", "A renewal begins the lease anew, from when it is made.", RenewalAsync),
        new("renewal_keeps_the_claim", "A claim that is renewed before its lease runs out is held on.", HeldOnAsync),
        new("renewal_needs_the_owner", "Only the owner of a claim renews it.", RenewalNeedsOwnerAsync),
        new("shortest_and_longest_times", "Every lease and retention above zero can be used, up to the longest TimeSpan.", ExtremesAsync),
    ];

    private static async Task RunsOutAsync(Scene scene)
    {
        await LoseAsync(scene).ConfigureAwait(false);
        await scene.Log.GrantsAsync(scene.Claim(), 2, "The lease of its only claim ran out").ConfigureAwait(false);
    }

    private static async Task LostAsync(Scene scene)
    {
        var lost = await LoseAsync(scene).ConfigureAwait(false);
        await scene.Log.RenewsAsync(lost, false, "The lease ran out and nobody took the delivery").ConfigureAwait(false);
        await scene.Log.GrantsAsync(scene.Claim(), 2, "A lost claim was renewed in vain").ConfigureAwait(false);
    }

    private static async Task LostCompleteAsync(Scene scene)
    {
        var lost = await LoseAsync(scene).ConfigureAwait(false);
        await scene.Log.CompletesAsync(lost, false, "The lease ran out and nobody took the delivery").ConfigureAwait(false);
        await scene.Log.GrantsAsync(scene.Claim(), 2, "A lost claim was completed in vain").ConfigureAwait(false);
    }

    private static async Task LostReleaseAsync(Scene scene)
    {
        var lost = await LoseAsync(scene).ConfigureAwait(false);
        await scene.Log.ReleasesAsync(lost, false, "The lease ran out and nobody took the delivery").ConfigureAwait(false);
        await scene.Log.GrantsAsync(scene.Claim(), 2, "A lost claim was released in vain").ConfigureAwait(false);
    }

    private static async Task FencedAsync(Scene scene)
    {
        var lost = await LoseAsync(scene).ConfigureAwait(false);
        var present = scene.Claim();
        await scene.Log.GrantsAsync(present, 2, "The lease of the first owner ran out").ConfigureAwait(false);
        await scene.Log.RenewsAsync(lost, false, "Another has the delivery by now").ConfigureAwait(false);
        await scene.Log.CompletesAsync(lost, false, "Another has the delivery by now").ConfigureAwait(false);
        await scene.Log.ReleasesAsync(lost, false, "Another has the delivery by now").ConfigureAwait(false);
        await scene.Log.SaysInProgressAsync(lost, "The former owner claims what another has by now").ConfigureAwait(false);
        await scene.Log.CompletesAsync(present, true, "The former owner was refused everything").ConfigureAwait(false);
    }

    private static async Task RenewalAsync(Scene scene)
    {
        var claim = scene.Claim();
        await scene.Log.GrantsAsync(claim, 1, "Nobody claimed it before").ConfigureAwait(false);
        await scene.Log.RenewsAsync(scene.Again(claim, lease: scene.Short), true, "The claim is held").ConfigureAwait(false);
        await scene.LetPassAsync(scene.Short).ConfigureAwait(false);
        await scene.Log.GrantsAsync(scene.Claim(), 2, "The lease of the renewal, shorter than the first, ran out").ConfigureAwait(false);
    }

    // Ten times the short time: on a real clock, the renewal has to come before the lease runs out.
    private static async Task HeldOnAsync(Scene scene)
    {
        var claim = scene.Claim(lease: 10 * scene.Short);
        await scene.Log.GrantsAsync(claim, 1, "Nobody claimed it before").ConfigureAwait(false);
        await scene.Log.RenewsAsync(scene.Again(claim), true, "The claim is held").ConfigureAwait(false);
        await scene.LetPassAsync(claim.Lease).ConfigureAwait(false);
        await scene.Log.SaysInProgressAsync(scene.Claim(), "The first lease is over, and the claim was renewed").ConfigureAwait(false);
        await scene.Log.CompletesAsync(claim, true, "The first lease is over, and the claim was renewed").ConfigureAwait(false);
    }

    private static async Task RenewalNeedsOwnerAsync(Scene scene)
    {
        await scene.Log.RenewsAsync(scene.Claim(), false, "Nobody claimed it").ConfigureAwait(false);
        await scene.Log.GrantsAsync(scene.Claim(lease: scene.Short), 1, "Nobody claimed it").ConfigureAwait(false);
        await scene.Log.RenewsAsync(scene.Claim(), false, "Another holds it").ConfigureAwait(false);
        await scene.LetPassAsync(scene.Short).ConfigureAwait(false);
        await scene.Log.GrantsAsync(scene.Claim(), 2, "Its lease ran out, and somebody else tried to renew it").ConfigureAwait(false);
    }

    private static async Task ExtremesAsync(Scene scene)
    {
        var forever = scene.Claim(TimeSpan.MaxValue, TimeSpan.MaxValue);
        await scene.Log.GrantsAsync(forever, 1, "Nobody claimed it before").ConfigureAwait(false);
        await scene.Log.SaysInProgressAsync(scene.Claim(), "It is held for the longest time").ConfigureAwait(false);
        await scene.Log.RenewsAsync(forever, true, "It is held for the longest time").ConfigureAwait(false);
        await scene.Log.CompletesAsync(forever, true, "It is held for the longest time").ConfigureAwait(false);
        await scene.Log.SaysCompletedAsync(scene.Claim(), "It is completed for the longest time").ConfigureAwait(false);

        var brief = scene.Claim(TimeSpan.FromTicks(1), TimeSpan.FromTicks(1), scene.Delivery("brief"));
        await scene.Log.GrantsAsync(brief, 1, "Nobody claimed it before").ConfigureAwait(false);
        await scene.LetPassAsync(scene.Short).ConfigureAwait(false);
        await scene.Log.CompletesAsync(brief, false, "The shortest lease ran out").ConfigureAwait(false);
    }

    private static async Task<Webhooks.WebhookClaim> LoseAsync(Scene scene)
    {
        var claim = scene.Claim(lease: scene.Short);
        await scene.Log.GrantsAsync(claim, 1, "Nobody claimed it before").ConfigureAwait(false);
        await scene.LetPassAsync(scene.Short).ConfigureAwait(false);
        return claim;
    }
}
