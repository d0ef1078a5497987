using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Testing.Conformance.Checks;

/// <summary>Calls that their caller gave up.</summary>
internal static class CancellationChecks
{
    public static WebhookClaimStoreCheck[] All { get; } =
    [
        new("cancelled_claim", "A cancelled claim was made whole or not at all; its owner can make it again.", ClaimAsync),
        new("cancelled_renewal", "A cancelled renewal leaves the claim with its owner.", RenewAsync),
        new("cancelled_completion", "A cancelled completion was made whole or not at all; its owner can make it again.", CompleteAsync),
        new("cancelled_release", "A cancelled release was made whole or not at all.", ReleaseAsync),
    ];

    private static async Task ClaimAsync(Scene scene)
    {
        var claim = scene.Claim();
        await GiveUpAsync(token => scene.Log.ClaimAsync(claim, token)).ConfigureAwait(false);
        await scene.Log.GrantsAsync(claim, 1, "The same owner gave up a claim before").ConfigureAwait(false);
        await scene.Log.SaysInProgressAsync(scene.Claim(), "It is held").ConfigureAwait(false);
    }

    private static async Task RenewAsync(Scene scene)
    {
        var claim = await HoldAsync(scene).ConfigureAwait(false);
        await GiveUpAsync(token => scene.Log.RenewAsync(claim, token)).ConfigureAwait(false);
        await scene.Log.RenewsAsync(claim, true, "Its owner gave up a renewal before").ConfigureAwait(false);
    }

    private static async Task CompleteAsync(Scene scene)
    {
        var claim = await HoldAsync(scene).ConfigureAwait(false);
        await GiveUpAsync(token => scene.Log.CompleteAsync(claim, token)).ConfigureAwait(false);
        await scene.Log.CompletesAsync(claim, true, "Its owner gave up completing it before").ConfigureAwait(false);
        await scene.Log.SaysCompletedAsync(scene.Claim(), "It was completed").ConfigureAwait(false);
    }

    private static async Task ReleaseAsync(Scene scene)
    {
        var claim = await HoldAsync(scene).ConfigureAwait(false);
        await GiveUpAsync(token => scene.Log.ReleaseAsync(claim, token)).ConfigureAwait(false);
        await scene.Log.ReleaseAsync(claim).ConfigureAwait(false);
        await scene.Log.GrantsAsync(scene.Claim(), 2, "It was released, the first time in a call that was given up").ConfigureAwait(false);
    }

    private static async Task<WebhookClaim> HoldAsync(Scene scene)
    {
        var claim = scene.Claim();
        await scene.Log.GrantsAsync(claim, 1, "Nobody claimed it before").ConfigureAwait(false);
        return claim;
    }

    // A log may answer all the same; what it must not do is hang, or fail as if its store were away.
    private static async Task GiveUpAsync<T>(Func<CancellationToken, Task<T>> call)
    {
        try
        {
            await call(new CancellationToken(canceled: true)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) { }
    }
}
