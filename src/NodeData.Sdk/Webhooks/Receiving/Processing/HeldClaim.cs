using System.Data.Common;
using Microsoft.Extensions.Logging;
using NodeData.Sdk.Diagnostics;

namespace NodeData.Sdk.Webhooks.Receiving.Processing;

/// <summary>A granted claim. It is renewed until it is completed (by the receiver, or within the handler's transaction) or released.</summary>
internal sealed class HeldClaim(IWebhookClaimStore store, WebhookClaim claim, long heldSince, TimeProvider time, ILogger logger)
    : IAsyncDisposable
{
    private readonly LeaseRenewal _renewal = new(store, claim, heldSince, time, logger);

    /// <summary>Canceled when the claim is lost.</summary>
    public CancellationToken ClaimLost => _renewal.ClaimLost;

    public bool IsLost => _renewal.IsLost;

    /// <summary>Completes the claim.</summary>
    /// <returns>true if the claim is completed; false if it was lost.</returns>
    public async Task<bool> CompleteAsync()
    {
        await _renewal.StopAsync().ConfigureAwait(false);
        return await RunWithinLeaseAsync(store.CompleteAsync).ConfigureAwait(false);
    }

    /// <summary>Releases the claim. If the release fails, the claim is held until its lease expires.</summary>
    public async Task ReleaseAsync()
    {
        await _renewal.StopAsync().ConfigureAwait(false);
        try
        {
            await RunWithinLeaseAsync(store.ReleaseAsync).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            logger.WebhookClaimReleaseFailed(claim.Key.MaskedText, _renewal.RemainingLease, exception);
        }
    }

    /// <summary>Completes the claim within the handler's transaction.</summary>
    /// <exception cref="WebhookClaimLostException">The claim was lost.</exception>
    /// <exception cref="InvalidOperationException">The claim store does not support transactions.</exception>
    public async ValueTask CompleteAsync(DbTransaction transaction, CancellationToken cancellationToken)
    {
        if (store is not ITransactionalWebhookClaimStore transactional)
        {
            throw new InvalidOperationException(
                $"{store.GetType().Name} does not support transactions. Use a claim store in the handler's database, such as DbWebhookClaimStore."
            );
        }

        if (IsLost || !await transactional.CompleteAsync(claim, transaction, cancellationToken).ConfigureAwait(false))
        {
            throw new WebhookClaimLostException(
                $"The claim on {claim.Key.MaskedText} was lost, so another process may be handling the event. Roll back the transaction."
            );
        }
    }

    /// <summary>Determines whether the transaction in which the handler completed the claim was committed.</summary>
    public async Task<bool> IsCompletedAsync()
    {
        await _renewal.StopAsync().ConfigureAwait(false);
        using var timeout = new CancellationTokenSource(claim.Lease, time);
        var claimResult = await ClaimStoreInvoker
            .InvokeWithRetriesAsync(token => store.ClaimAsync(claim, token), time, timeout.Token)
            .ConfigureAwait(false);
        return claimResult.IsCompleted;
    }

    public ValueTask DisposeAsync() => _renewal.DisposeAsync();

    private async Task<bool> RunWithinLeaseAsync(Func<WebhookClaim, CancellationToken, ValueTask<bool>> change)
    {
        var remaining = _renewal.RemainingLease;
        if (IsLost || remaining <= TimeSpan.Zero)
        {
            return false;
        }

        using var timeout = new CancellationTokenSource(remaining, time);
        return await ClaimStoreInvoker.InvokeWithRetriesAsync(token => change(claim, token), time, timeout.Token).ConfigureAwait(false);
    }
}
