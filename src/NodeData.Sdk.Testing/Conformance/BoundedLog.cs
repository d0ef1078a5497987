using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Testing.Conformance;

/// <summary>The log under test: each call bounded, and what it answers compared with what it must.</summary>
internal sealed class BoundedLog(IWebhookClaimStore log, CallBounds calls)
{
    public Task<WebhookClaimResult> ClaimAsync(WebhookClaim claim, CancellationToken? token = null) =>
        calls.WithinAsync("ClaimAsync", cancellation => log.ClaimAsync(claim, cancellation), token ?? calls.Token);

    public Task<bool> RenewAsync(WebhookClaim claim, CancellationToken? token = null) =>
        calls.WithinAsync("RenewAsync", cancellation => log.RenewAsync(claim, cancellation), token ?? calls.Token);

    public Task<bool> CompleteAsync(WebhookClaim claim, CancellationToken? token = null) =>
        calls.WithinAsync("CompleteAsync", cancellation => log.CompleteAsync(claim, cancellation), token ?? calls.Token);

    public Task<bool> ReleaseAsync(WebhookClaim claim, CancellationToken? token = null) =>
        calls.WithinAsync("ReleaseAsync", cancellation => log.ReleaseAsync(claim, cancellation), token ?? calls.Token);

    public async Task GrantsAsync(WebhookClaim claim, int attempt, string situation)
    {
        var result = await ClaimAsync(claim).ConfigureAwait(false);
        Require(result.IsClaimed && result.Attempt == attempt, situation, $"ClaimAsync must say \"claimed, attempt {attempt}\"", result);
    }

    public async Task<WebhookClaimResult> SaysInProgressAsync(WebhookClaim claim, string situation)
    {
        var result = await ClaimAsync(claim).ConfigureAwait(false);
        Require(!result.IsClaimed && !result.IsCompleted, situation, "ClaimAsync must say \"in progress\"", result);
        return result;
    }

    public async Task SaysCompletedAsync(WebhookClaim claim, string situation)
    {
        var result = await ClaimAsync(claim).ConfigureAwait(false);
        Require(result.IsCompleted && !result.IsClaimed, situation, "ClaimAsync must say \"completed\"", result);
    }

    public async Task RenewsAsync(WebhookClaim claim, bool expected, string situation) =>
        Require(await RenewAsync(claim).ConfigureAwait(false) == expected, situation, $"RenewAsync must be {expected}", !expected);

    public async Task CompletesAsync(WebhookClaim claim, bool expected, string situation) =>
        Require(await CompleteAsync(claim).ConfigureAwait(false) == expected, situation, $"CompleteAsync must be {expected}", !expected);

    public async Task ReleasesAsync(WebhookClaim claim, bool expected, string situation) =>
        Require(await ReleaseAsync(claim).ConfigureAwait(false) == expected, situation, $"ReleaseAsync must be {expected}", !expected);

    private static void Require<T>(bool kept, string situation, string must, T was)
    {
        if (!kept)
        {
            throw new BrokenPromiseException($"{situation}: {must}, and was \"{was}\".");
        }
    }
}
