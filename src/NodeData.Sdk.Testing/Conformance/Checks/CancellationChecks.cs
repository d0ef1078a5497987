using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Testing.Conformance.Checks;

/// <summary>Calls that their caller gave up.</summary>
internal static class CancellationChecks
{
    public static WebhookClaimStoreCheck[] All { get; } =
    [
        new("cancelled_claim", "A cancelled claim was made whole or not at all; its owner can make it again.", CheckClaimAsync),
        new("cancelled_renewal", "A cancelled renewal leaves the claim with its owner.", CheckRenewalAsync),
        new(
            "cancelled_completion",
            "A cancelled completion was made whole or not at all; its owner can make it again.",
            CheckCompletionAsync
        ),
        new("cancelled_release", "A cancelled release was made whole or not at all.", CheckReleaseAsync),
    ];

    private static async Task CheckClaimAsync(ConformanceContext context)
    {
        var claim = context.CreateClaim();
        await CallCanceledAsync(token => context.Store.ClaimAsync(claim, token)).ConfigureAwait(false);
        await context.Store.AssertGrantedAsync(claim, 1, "The same owner gave up a claim before").ConfigureAwait(false);
        await context.Store.AssertInProgressAsync(context.CreateClaim(), "It is held").ConfigureAwait(false);
    }

    private static async Task CheckRenewalAsync(ConformanceContext context)
    {
        var claim = await CreateHeldClaimAsync(context).ConfigureAwait(false);
        await CallCanceledAsync(token => context.Store.RenewAsync(claim, token)).ConfigureAwait(false);
        await context.Store.AssertRenewAsync(claim, true, "Its owner gave up a renewal before").ConfigureAwait(false);
    }

    private static async Task CheckCompletionAsync(ConformanceContext context)
    {
        var claim = await CreateHeldClaimAsync(context).ConfigureAwait(false);
        await CallCanceledAsync(token => context.Store.CompleteAsync(claim, token)).ConfigureAwait(false);
        await context.Store.AssertCompleteAsync(claim, true, "Its owner gave up completing it before").ConfigureAwait(false);
        await context.Store.AssertAlreadyCompletedAsync(context.CreateClaim(), "It was completed").ConfigureAwait(false);
    }

    private static async Task CheckReleaseAsync(ConformanceContext context)
    {
        var claim = await CreateHeldClaimAsync(context).ConfigureAwait(false);
        await CallCanceledAsync(token => context.Store.ReleaseAsync(claim, token)).ConfigureAwait(false);
        await context.Store.ReleaseAsync(claim).ConfigureAwait(false);
        await context
            .Store.AssertGrantedAsync(context.CreateClaim(), 2, "It was released, the first time in a call that was given up")
            .ConfigureAwait(false);
    }

    private static async Task<WebhookClaim> CreateHeldClaimAsync(ConformanceContext context)
    {
        var claim = context.CreateClaim();
        await context.Store.AssertGrantedAsync(claim, 1, "Nobody claimed it before").ConfigureAwait(false);
        return claim;
    }

    // A log may answer all the same; what it must not do is hang, or fail as if its store were away.
    private static async Task CallCanceledAsync<T>(Func<CancellationToken, Task<T>> call)
    {
        try
        {
            await call(new CancellationToken(canceled: true)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) { }
    }
}
