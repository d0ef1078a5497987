namespace NodeData.Sdk.Testing.Conformance.Checks;

/// <summary>Letting go of a claim.</summary>
internal static class ReleaseChecks
{
    public static WebhookClaimStoreCheck[] All { get; } =
    [
        new(
            "released_delivery_is_granted_at_once",
            "A released delivery is granted to whoever asks next, without waiting.",
            CheckReleasedKeyAsync
        ),
        new("released_claim_is_gone", "A released claim can be neither renewed, completed nor released again.", CheckReleasedClaimAsync),
        new("releasing_needs_the_owner", "Only the owner of a claim releases it.", CheckOwnerIsRequiredAsync),
    ];

    private static async Task CheckReleasedKeyAsync(ConformanceContext context)
    {
        await ClaimAndReleaseAsync(context).ConfigureAwait(false);
        await context.SecondStore.AssertGrantedAsync(context.CreateClaim(), 2, "It was released").ConfigureAwait(false);
        await context.Store.AssertInProgressAsync(context.CreateClaim(), "It was released and claimed anew").ConfigureAwait(false);
    }

    private static async Task CheckReleasedClaimAsync(ConformanceContext context)
    {
        var released = await ClaimAndReleaseAsync(context).ConfigureAwait(false);
        await context.Store.AssertReleaseAsync(released, false, "It was released before").ConfigureAwait(false);
        await context.Store.AssertRenewAsync(released, false, "It was released before").ConfigureAwait(false);
        await context.Store.AssertCompleteAsync(released, false, "It was released before").ConfigureAwait(false);
        await context
            .Store.AssertGrantedAsync(context.CreateClaim(), 2, "It was released, and then its former owner tried everything")
            .ConfigureAwait(false);
    }

    private static async Task CheckOwnerIsRequiredAsync(ConformanceContext context)
    {
        await context.Store.AssertReleaseAsync(context.CreateClaim(), false, "Nobody claimed it").ConfigureAwait(false);
        var held = context.CreateClaim();
        await context.Store.AssertGrantedAsync(held, 1, "Nobody claimed it; somebody tried to release it").ConfigureAwait(false);
        await context.Store.AssertReleaseAsync(context.CreateClaim(), false, "Another holds it").ConfigureAwait(false);
        await context.Store.AssertInProgressAsync(context.CreateClaim(), "A stranger tried to release it").ConfigureAwait(false);
        await context.Store.AssertReleaseAsync(held, true, "A stranger tried to release it before its owner does").ConfigureAwait(false);
    }

    private static async Task<Webhooks.WebhookClaim> ClaimAndReleaseAsync(ConformanceContext context)
    {
        var claim = context.CreateClaim();
        await context.Store.AssertGrantedAsync(claim, 1, "Nobody claimed it before").ConfigureAwait(false);
        await context.Store.AssertReleaseAsync(claim, true, "Its owner holds it").ConfigureAwait(false);
        return claim;
    }
}
