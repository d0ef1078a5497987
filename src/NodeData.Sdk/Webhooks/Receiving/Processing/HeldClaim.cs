using System.Data.Common;
using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Logging;
using NodeData.Sdk.Diagnostics;

namespace NodeData.Sdk.Webhooks.Receiving.Processing;

/// <summary>A granted claim. It is renewed until it is completed (by the receiver, or within the handler's transaction) or released.</summary>
internal sealed class HeldClaim(IWebhookClaimStore store, WebhookClaim claim, long heldSince, TimeProvider time, ILogger logger)
    : IAsyncDisposable
{
    private static readonly TimeSpan MaxRetryDelay = TimeSpan.FromMilliseconds(500);

    private readonly LeaseRenewal _renewal = new(store, claim, heldSince, time, logger);

    /// <summary>Canceled when the claim is lost.</summary>
    public CancellationToken ClaimLost => _renewal.ClaimLost;

    public bool IsLost => _renewal.IsLost;

    public TimeSpan RemainingLease => _renewal.RemainingLease;

    public string MaskedKey => claim.Key.MaskedText;

    /// <summary>
    /// Completes the claim. The handler must not run again, so a store that is unavailable is retried, and the claim renewed, until the lease has expired or
    /// one lease has passed.
    /// </summary>
    /// <returns>Whether the claim is completed; false if it was lost.</returns>
    public async Task<bool> CompleteAsync()
    {
        await _renewal.StopAsync().ConfigureAwait(false);
        try
        {
            return await RunWithinLeaseAsync(store.CompleteAsync).ConfigureAwait(false);
        }
        catch (Exception exception) when (ClaimStoreInvoker.IsTransient(exception))
        {
            return await RetryCompletionAsync(exception).ConfigureAwait(false);
        }
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

    /// <summary>
    /// Completes the claim within the handler's own transaction. From then on, nothing but the transaction changes the claim until the handler returns.
    /// </summary>
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

        await _renewal.SuspendAsync(cancellationToken).ConfigureAwait(false);
        var isCompleted = false;
        try
        {
            isCompleted = !IsLost && await transactional.CompleteAsync(claim, transaction, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (!isCompleted)
            {
                _renewal.Resume();
            }
        }

        if (!isCompleted)
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

    private async Task<bool> RetryCompletionAsync(Exception exception)
    {
        var startedAt = time.GetTimestamp();
        var remaining = GetRemaining();
        if (remaining > TimeSpan.Zero)
        {
            logger.WebhookCompletionRetried(MaskedKey, remaining, exception);
        }

        while (remaining > TimeSpan.Zero)
        {
            await Task.Delay(Min(Min(claim.Lease / 60, MaxRetryDelay), remaining), time, CancellationToken.None).ConfigureAwait(false);
            // A renewal that finds no claim decides nothing: an earlier completion may have been carried out. The completion shows it.
            await _renewal.RenewIfDueAsync().ConfigureAwait(false);
            remaining = GetRemaining();
            if (remaining <= TimeSpan.Zero)
            {
                break;
            }

            try
            {
                return await CompleteOnceAsync(remaining).ConfigureAwait(false);
            }
            catch (Exception retryFailure) when (ClaimStoreInvoker.IsTransient(retryFailure))
            {
                exception = retryFailure;
                remaining = GetRemaining();
            }
        }

        ExceptionDispatchInfo.Throw(exception);
        return false;

        TimeSpan GetRemaining() => Min(RemainingLease, claim.Lease - time.GetElapsedTime(startedAt));
    }

    private async Task<bool> CompleteOnceAsync(TimeSpan limit)
    {
        using var timeout = new CancellationTokenSource(limit, time);
        return await ClaimStoreInvoker.InvokeOnceAsync(token => store.CompleteAsync(claim, token), timeout.Token).ConfigureAwait(false);
    }

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

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
