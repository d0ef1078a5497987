namespace NodeData.Sdk.Testing.Conformance.Checks;

/// <summary>Who gets a claim, and what the others are told.</summary>
internal static class ClaimChecks
{
    public static WebhookClaimStoreCheck[] All { get; } =
    [
        new("free_delivery_is_granted", "A delivery that nobody holds is granted, as attempt 1.", FreeAsync),
        new("held_delivery_is_refused", "While one owner holds a delivery, everybody else is told that it is in progress.", HeldAsync),
        new("lease_left_is_told", "The lease left is between zero (not known) and the lease of the claim that holds.", LeaseLeftAsync),
        new("own_claim_is_granted_again", "A claim that this owner holds already is granted again, with the same attempt.", OwnAsync),
        new("own_claim_granted_again_begins_its_lease_anew", "A claim that is granted again has its lease begun anew.", OwnAnewAsync),
        new("instances_share_the_store", "What one instance notes, every other instance over the same store knows.", SharedAsync),
    ];

    private static Task FreeAsync(Scene scene) => scene.Log.GrantsAsync(scene.Claim(), 1, "Nobody claimed it before");

    private static async Task HeldAsync(Scene scene)
    {
        var held = scene.Claim();
        await scene.Log.GrantsAsync(held, 1, "Nobody claimed it before").ConfigureAwait(false);
        await scene.Log.SaysInProgressAsync(scene.Claim(), "Another owner holds it").ConfigureAwait(false);
        await scene.Log.SaysInProgressAsync(scene.Claim(), "Another owner holds it, and one was refused before").ConfigureAwait(false);
        await scene.Log.RenewsAsync(held, true, "Others were refused while this owner holds it").ConfigureAwait(false);
    }

    private static async Task LeaseLeftAsync(Scene scene)
    {
        var held = scene.Claim();
        await scene.Log.GrantsAsync(held, 1, "Nobody claimed it before").ConfigureAwait(false);
        var refused = await scene.Log.SaysInProgressAsync(scene.Claim(lease: scene.Short), "Another owner holds it").ConfigureAwait(false);
        if (refused.RemainingLease < TimeSpan.Zero || refused.RemainingLease > held.Lease)
        {
            throw new BrokenPromiseException($"LeaseLeft was {refused.RemainingLease}, of a lease of {held.Lease}.");
        }
    }

    private static async Task OwnAsync(Scene scene)
    {
        var claim = scene.Claim();
        await scene.Log.GrantsAsync(claim, 1, "Nobody claimed it before").ConfigureAwait(false);
        await scene.Log.GrantsAsync(claim, 1, "This owner holds it already").ConfigureAwait(false);
        await scene.Log.SaysInProgressAsync(scene.Claim(), "Another owner holds it, having claimed it twice").ConfigureAwait(false);
        await scene.Log.CompletesAsync(claim, true, "This owner claimed it twice").ConfigureAwait(false);
    }

    private static async Task OwnAnewAsync(Scene scene)
    {
        var claim = scene.Claim();
        await scene.Log.GrantsAsync(claim, 1, "Nobody claimed it before").ConfigureAwait(false);
        await scene.Log.GrantsAsync(scene.Again(claim, lease: scene.Short), 1, "This owner holds it already").ConfigureAwait(false);
        await scene.LetPassAsync(scene.Short).ConfigureAwait(false);
        await scene.Log.GrantsAsync(scene.Claim(), 2, "The lease of the claim that was granted again ran out").ConfigureAwait(false);
    }

    private static async Task SharedAsync(Scene scene)
    {
        var claim = scene.Claim();
        await scene.Log.GrantsAsync(claim, 1, "Nobody claimed it before").ConfigureAwait(false);
        await scene.Other.SaysInProgressAsync(scene.Claim(), "It is held, claimed through another instance").ConfigureAwait(false);
        await scene.Other.RenewsAsync(claim, true, "Its owner renews it through another instance").ConfigureAwait(false);
        await scene.Other.CompletesAsync(claim, true, "Its owner completes it through another instance").ConfigureAwait(false);
        await scene.Log.SaysCompletedAsync(scene.Claim(), "It was completed through another instance").ConfigureAwait(false);
    }
}
