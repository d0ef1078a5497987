using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Testing.Conformance;

/// <summary>The claim store under test. Applies the timeout to each call and compares its result with the expected one.</summary>
internal sealed class StoreUnderTest(IWebhookClaimStore store, TimeLimitedCalls calls)
{
    public Task<WebhookClaimResult> ClaimAsync(WebhookClaim claim, CancellationToken? token = null) =>
        calls.RunAsync("ClaimAsync", cancellation => store.ClaimAsync(claim, cancellation), token ?? calls.Token);

    public Task<bool> RenewAsync(WebhookClaim claim, CancellationToken? token = null) =>
        calls.RunAsync("RenewAsync", cancellation => store.RenewAsync(claim, cancellation), token ?? calls.Token);

    public Task<bool> CompleteAsync(WebhookClaim claim, CancellationToken? token = null) =>
        calls.RunAsync("CompleteAsync", cancellation => store.CompleteAsync(claim, cancellation), token ?? calls.Token);

    public Task<bool> ReleaseAsync(WebhookClaim claim, CancellationToken? token = null) =>
        calls.RunAsync("ReleaseAsync", cancellation => store.ReleaseAsync(claim, cancellation), token ?? calls.Token);

    public async Task AssertGrantedAsync(WebhookClaim claim, int attempt, string situation)
    {
        var result = await ClaimAsync(claim).ConfigureAwait(false);
        Require(result.IsClaimed && result.Attempt == attempt, situation, $"ClaimAsync must return \"claimed, attempt {attempt}\"", result);
    }

    public async Task<WebhookClaimResult> AssertInProgressAsync(WebhookClaim claim, string situation)
    {
        var result = await ClaimAsync(claim).ConfigureAwait(false);
        Require(!result.IsClaimed && !result.IsCompleted, situation, "ClaimAsync must return \"in progress\"", result);
        return result;
    }

    public async Task AssertAlreadyCompletedAsync(WebhookClaim claim, string situation)
    {
        var result = await ClaimAsync(claim).ConfigureAwait(false);
        Require(result.IsCompleted && !result.IsClaimed, situation, "ClaimAsync must return \"completed\"", result);
    }

    public async Task AssertRenewAsync(WebhookClaim claim, bool expected, string situation) =>
        Require(await RenewAsync(claim).ConfigureAwait(false) == expected, situation, $"RenewAsync must return {expected}", !expected);

    public async Task AssertCompleteAsync(WebhookClaim claim, bool expected, string situation) =>
        Require(
            await CompleteAsync(claim).ConfigureAwait(false) == expected,
            situation,
            $"CompleteAsync must return {expected}",
            !expected
        );

    public async Task AssertReleaseAsync(WebhookClaim claim, bool expected, string situation) =>
        Require(await ReleaseAsync(claim).ConfigureAwait(false) == expected, situation, $"ReleaseAsync must return {expected}", !expected);

    private static void Require<T>(bool condition, string situation, string requirement, T actual)
    {
        if (!condition)
        {
            throw new CheckFailedException($"{situation}: {requirement} but returned \"{actual}\".");
        }
    }
}
