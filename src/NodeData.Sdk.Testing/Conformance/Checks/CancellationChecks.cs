using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Testing.Conformance.Checks;

/// <summary>Checks of canceled calls.</summary>
internal static class CancellationChecks
{
    public static WebhookClaimStoreCheck[] All { get; } =
    [
        new("canceled_claim", "A canceled claim is applied completely or not at all, and its owner can retry it.", CheckClaimAsync),
        new("canceled_renewal", "After a canceled renewal the owner still holds the claim.", CheckRenewalAsync),
        new(
            "canceled_completion",
            "A canceled completion is applied completely or not at all, and its owner can retry it.",
            CheckCompletionAsync
        ),
        new("canceled_release", "A canceled release is applied completely or not at all.", CheckReleaseAsync),
    ];

    private static async Task CheckClaimAsync(ConformanceContext context)
    {
        var claim = context.CreateClaim();
        await CallCanceledAsync(token => context.Store.ClaimAsync(claim, token)).ConfigureAwait(false);
        await context.Store.AssertGrantedAsync(claim, 1, "The same claim was canceled before").ConfigureAwait(false);
        await context.Store.AssertInProgressAsync(context.CreateClaim(), "Another owner holds the claim").ConfigureAwait(false);
    }

    private static async Task CheckRenewalAsync(ConformanceContext context)
    {
        var claim = await CreateHeldClaimAsync(context).ConfigureAwait(false);
        await CallCanceledAsync(token => context.Store.RenewAsync(claim, token)).ConfigureAwait(false);
        await context.Store.AssertRenewAsync(claim, true, "A renewal by the owner was canceled before").ConfigureAwait(false);
    }

    private static async Task CheckCompletionAsync(ConformanceContext context)
    {
        var claim = await CreateHeldClaimAsync(context).ConfigureAwait(false);
        await CallCanceledAsync(token => context.Store.CompleteAsync(claim, token)).ConfigureAwait(false);
        await context.Store.AssertCompleteAsync(claim, true, "A completion by the owner was canceled before").ConfigureAwait(false);
        await context.Store.AssertAlreadyCompletedAsync(context.CreateClaim(), "The claim was completed").ConfigureAwait(false);
    }

    private static async Task CheckReleaseAsync(ConformanceContext context)
    {
        var claim = await CreateHeldClaimAsync(context).ConfigureAwait(false);
        await CallCanceledAsync(token => context.Store.ReleaseAsync(claim, token)).ConfigureAwait(false);
        await context.Store.ReleaseAsync(claim).ConfigureAwait(false);
        await context
            .Store.AssertGrantedAsync(context.CreateClaim(), 2, "The claim was released, first by a call that was canceled")
            .ConfigureAwait(false);
    }

    private static async Task<WebhookClaim> CreateHeldClaimAsync(ConformanceContext context)
    {
        var claim = context.CreateClaim();
        await context.Store.AssertGrantedAsync(claim, 1, "The key is unclaimed").ConfigureAwait(false);
        return claim;
    }

    // The call may return a result. It must not hang or report that the store is unreachable.
    private static async Task CallCanceledAsync<T>(Func<CancellationToken, Task<T>> call)
    {
        try
        {
            await call(new CancellationToken(canceled: true)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) { }
    }
}
