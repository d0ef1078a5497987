namespace NodeData.Sdk.Testing.Conformance.Checks;

/// <summary>Checks of released claims.</summary>
internal static class ReleaseChecks
{
    public static WebhookClaimStoreCheck[] All { get; } =
    [
        new(
            "released_key_is_granted_immediately",
            "After a release the next claim for the key is granted without delay.",
            CheckReleasedKeyAsync
        ),
        new("release_is_final", "A released claim can be neither renewed, completed nor released again.", CheckReleasedClaimAsync),
        new("release_requires_the_owner", "Only the owner of a claim can release it.", CheckOwnerIsRequiredAsync),
    ];

    private static async Task CheckReleasedKeyAsync(ConformanceContext context)
    {
        await ClaimAndReleaseAsync(context).ConfigureAwait(false);
        await context.SecondStore.AssertGrantedAsync(context.CreateClaim(), 2, "The claim was released").ConfigureAwait(false);
        await context
            .Store.AssertInProgressAsync(context.CreateClaim(), "The claim was released, and another owner holds the key")
            .ConfigureAwait(false);
    }

    private static async Task CheckReleasedClaimAsync(ConformanceContext context)
    {
        var released = await ClaimAndReleaseAsync(context).ConfigureAwait(false);
        await context.Store.AssertReleaseAsync(released, false, "The claim was released before").ConfigureAwait(false);
        await context.Store.AssertRenewAsync(released, false, "The claim was released before").ConfigureAwait(false);
        await context.Store.AssertCompleteAsync(released, false, "The claim was released before").ConfigureAwait(false);
        await context
            .Store.AssertGrantedAsync(
                context.CreateClaim(),
                2,
                "The claim was released, and every further call of its former owner was rejected"
            )
            .ConfigureAwait(false);
    }

    private static async Task CheckOwnerIsRequiredAsync(ConformanceContext context)
    {
        await context.Store.AssertReleaseAsync(context.CreateClaim(), false, "The key is unclaimed").ConfigureAwait(false);
        var held = context.CreateClaim();
        await context
            .Store.AssertGrantedAsync(held, 1, "The key is unclaimed, and an owner without a claim tried to release it")
            .ConfigureAwait(false);
        await context.Store.AssertReleaseAsync(context.CreateClaim(), false, "Another owner holds the claim").ConfigureAwait(false);
        await context
            .Store.AssertInProgressAsync(context.CreateClaim(), "Another owner holds the claim, and a third tried to release it")
            .ConfigureAwait(false);
        await context
            .Store.AssertReleaseAsync(held, true, "The owner holds the claim, and another tried to release it")
            .ConfigureAwait(false);
    }

    private static async Task<Webhooks.WebhookClaim> ClaimAndReleaseAsync(ConformanceContext context)
    {
        var claim = context.CreateClaim();
        await context.Store.AssertGrantedAsync(claim, 1, "The key is unclaimed").ConfigureAwait(false);
        await context.Store.AssertReleaseAsync(claim, true, "The owner holds the claim").ConfigureAwait(false);
        return claim;
    }
}
