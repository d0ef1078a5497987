using System.Data.Common;
using Microsoft.Extensions.Logging;
using NodeData.Sdk.Diagnostics;

namespace NodeData.Sdk.Webhooks.Receiving.Running;

/// <summary>
/// A claim that was granted. It is renewed until it is settled or given up, and knows when it was lost: by its own clock, counted from before the log was asked, so
/// that it never believes to hold what the log has let go.
/// </summary>
internal sealed class HeldClaim : IAsyncDisposable
{
    private readonly IWebhookDeliveryLog _log;
    private readonly WebhookClaim _claim;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _lost = new();
    private readonly CancellationTokenSource _settled = new();
    private readonly ITimer _firstRenewal;
    private readonly object _gate = new();
    private Task? _renewing;
    private bool _isSettled;
    private long _heldSince;

    public HeldClaim(IWebhookDeliveryLog log, WebhookClaim claim, long heldSince, TimeProvider time, ILogger logger)
    {
        (_log, _claim, _heldSince, _time, _logger) = (log, claim, heldSince, time, logger);
        // Most handlers return long before: nothing is begun for them but this timer.
        _firstRenewal = time.CreateTimer(
            static claim => ((HeldClaim)claim!).BeginRenewing(),
            this,
            claim.Lease / 3,
            System.Threading.Timeout.InfiniteTimeSpan
        );
    }

    /// <summary>Cancelled when the claim is lost.</summary>
    public CancellationToken Lost => _lost.Token;

    public bool IsLost => _lost.IsCancellationRequested || LeaseLeft <= TimeSpan.Zero;

    private TimeSpan LeaseLeft => _claim.Lease - _time.GetElapsedTime(Interlocked.Read(ref _heldSince));

    /// <summary>Notes that the delivery was handled.</summary>
    /// <returns>Whether it is noted; false where the claim was lost.</returns>
    public async Task<bool> CompleteAsync()
    {
        await StopRenewingAsync().ConfigureAwait(false);
        return await WithinLeaseAsync(_log.CompleteAsync).ConfigureAwait(false);
    }

    /// <summary>Lets go of the claim. Where that fails, its lease ends it.</summary>
    public async Task ReleaseAsync()
    {
        await StopRenewingAsync().ConfigureAwait(false);
        try
        {
            await WithinLeaseAsync(_log.ReleaseAsync).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            _logger.WebhookClaimNotReleased(_claim.Delivery.Shown, LeaseLeft, failure);
        }
    }

    /// <summary>Notes in the handler's own transaction that the delivery was handled.</summary>
    /// <exception cref="WebhookClaimLostException">The claim was lost.</exception>
    /// <exception cref="InvalidOperationException">The log cannot join a transaction.</exception>
    public async ValueTask CompleteAsync(DbTransaction transaction, CancellationToken cancellationToken)
    {
        if (_log is not ITransactionalWebhookDeliveryLog log)
        {
            throw new InvalidOperationException(
                $"{_log.GetType().Name} cannot join a transaction. Use a log in the handler's own database, such as DbWebhookDeliveryLog."
            );
        }

        if (IsLost || !await log.CompleteAsync(_claim, transaction, cancellationToken).ConfigureAwait(false))
        {
            throw new WebhookClaimLostException(
                $"The claim on {_claim.Delivery.Shown} was lost, so another may be handling the event: roll the transaction back."
            );
        }
    }

    /// <summary>Whether the transaction in which the handler completed the delivery was committed.</summary>
    public async Task<bool> IsCompletedAsync()
    {
        await StopRenewingAsync().ConfigureAwait(false);
        using var limit = new CancellationTokenSource(_claim.Lease, _time);
        var state = await StoreCall.RunAsync(token => _log.ClaimAsync(_claim, token), _time, limit.Token).ConfigureAwait(false);
        return state.IsCompleted;
    }

    public async ValueTask DisposeAsync()
    {
        await StopRenewingAsync().ConfigureAwait(false);
        _lost.Dispose();
        _settled.Dispose();
    }

    private async Task<bool> WithinLeaseAsync(Func<WebhookClaim, CancellationToken, ValueTask<bool>> change)
    {
        var left = LeaseLeft;
        if (_lost.IsCancellationRequested || left <= TimeSpan.Zero)
        {
            return false;
        }

        using var limit = new CancellationTokenSource(left, _time);
        return await StoreCall.RunAsync(token => change(_claim, token), _time, limit.Token).ConfigureAwait(false);
    }

    private void BeginRenewing()
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_isSettled)
            {
                return;
            }

            _renewing = ended.Task;
        }

        _ = KeepUntilSettledAsync();

        async Task KeepUntilSettledAsync()
        {
            try
            {
                await KeepAsync().ConfigureAwait(false);
            }
            finally
            {
                ended.SetResult();
            }
        }
    }

    private async ValueTask StopRenewingAsync()
    {
        Task? renewing;
        lock (_gate)
        {
            _isSettled = true;
            renewing = _renewing;
        }

        await _firstRenewal.DisposeAsync().ConfigureAwait(false);
        if (renewing is not null)
        {
            await _settled.CancelAsync().ConfigureAwait(false);
            await renewing.ConfigureAwait(false);
        }
    }

    private async Task KeepAsync()
    {
        while (!_settled.IsCancellationRequested)
        {
            var isHeld = await RenewAsync().ConfigureAwait(false);
            if (_settled.IsCancellationRequested)
            {
                return;
            }

            if (isHeld is false || LeaseLeft <= TimeSpan.Zero)
            {
                _logger.WebhookClaimLost(_claim.Delivery.Shown);
                await CancelHandlerAsync().ConfigureAwait(false);
                return;
            }

            // Where the log could not be asked, sooner than usual.
            var pause = isHeld is null ? _claim.Lease / 10 : _claim.Lease / 3;
            await Task.Delay(pause, _time, _settled.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // What a handler does on being cancelled is its own, and may fail; the claim is lost all the same.
    private async Task CancelHandlerAsync()
    {
        try
        {
            await _lost.CancelAsync().ConfigureAwait(false);
        }
        catch (AggregateException failure)
        {
            _logger.WebhookCancellationFailed(_claim.Delivery.Shown, failure);
        }
    }

    /// <returns>Whether the claim is still held; null where the log could not be asked.</returns>
    private async Task<bool?> RenewAsync()
    {
        var asked = _time.GetTimestamp();
        using var leaseEnd = new CancellationTokenSource(LeaseLeft > TimeSpan.Zero ? LeaseLeft : TimeSpan.Zero, _time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(leaseEnd.Token, _settled.Token);
        try
        {
            var isHeld = await StoreCall.OnceAsync(token => _log.RenewAsync(_claim, token), limit.Token).ConfigureAwait(false);
            if (isHeld)
            {
                Interlocked.Exchange(ref _heldSince, asked);
            }

            return isHeld;
        }
        catch (Exception) when (_settled.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception failure)
        {
            _logger.WebhookClaimNotRenewed(_claim.Delivery.Shown, LeaseLeft, failure);
            return null;
        }
    }
}
