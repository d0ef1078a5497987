namespace NodeData.Sdk.Testing.Conformance.Checks;

/// <summary>Letting go of a claim.</summary>
internal static class ReleaseChecks
{
    public static WebhookClaimStoreCheck[] All { get; } =
    [
        new("released_delivery_is_granted_at_once", "A released delivery is granted to whoever asks next, without waiting.", ReleasedAsync),
        new("released_claim_is_gone", "A released claim can be neither renewed, completed nor released again.", GoneAsync),
        new("releasing_needs_the_owner", "Only the owner of a claim releases it.", NeedsOwnerAsync),
    ];

    private static async Task ReleasedAsync(Scene scene)
    {
        await ReleaseAsync(scene).ConfigureAwait(false);
        await scene.Other.GrantsAsync(scene.Claim(), 2, "It was released").ConfigureAwait(false);
        await scene.Log.SaysInProgressAsync(scene.Claim(), "It was released and claimed anew").ConfigureAwait(false);
    }

    private static async Task GoneAsync(Scene scene)
    {
        var released = await ReleaseAsync(scene).ConfigureAwait(false);
        await scene.Log.ReleasesAsync(released, false, "It was released before").ConfigureAwait(false);
        await scene.Log.RenewsAsync(released, false, "It was released before").ConfigureAwait(false);
        await scene.Log.CompletesAsync(released, false, "It was released before").ConfigureAwait(false);
        await scene.Log.GrantsAsync(scene.Claim(), 2, "It was released, and then its former owner tried everything").ConfigureAwait(false);
    }

    private static async Task NeedsOwnerAsync(Scene scene)
    {
        await scene.Log.ReleasesAsync(scene.Claim(), false, "Nobody claimed it").ConfigureAwait(false);
        var held = scene.Claim();
        await scene.Log.GrantsAsync(held, 1, "Nobody claimed it; somebody tried to release it").ConfigureAwait(false);
        await scene.Log.ReleasesAsync(scene.Claim(), false, "Another holds it").ConfigureAwait(false);
        await scene.Log.SaysInProgressAsync(scene.Claim(), "A stranger tried to release it").ConfigureAwait(false);
        await scene.Log.ReleasesAsync(held, true, "A stranger tried to release it before its owner does").ConfigureAwait(false);
    }

    private static async Task<Webhooks.WebhookClaim> ReleaseAsync(Scene scene)
    {
        var claim = scene.Claim();
        await scene.Log.GrantsAsync(claim, 1, "Nobody claimed it before").ConfigureAwait(false);
        await scene.Log.ReleasesAsync(claim, true, "Its owner holds it").ConfigureAwait(false);
        return claim;
    }
}
