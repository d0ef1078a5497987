using Microsoft.Extensions.Logging;
using NodeData.Sdk.Diagnostics;

namespace NodeData.Sdk.Webhooks.Receiving.Running;

/// <summary>
/// Renews a claim until it is stopped, and knows when the claim was lost: by its own clock, counted from before the log was asked, so that it never believes to hold
/// what the log has let go.
/// </summary>
internal sealed class LeaseRenewal : IAsyncDisposable
{
    private readonly IWebhookClaimStore _log;
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

    public LeaseRenewal(IWebhookClaimStore log, WebhookClaim claim, long heldSince, TimeProvider time, ILogger logger)
    {
        (_log, _claim, _heldSince, _time, _logger) = (log, claim, heldSince, time, logger);
        // Most handlers return long before: nothing is begun for them but this timer.
        _firstRenewal = time.CreateTimer(
            static renewal => ((LeaseRenewal)renewal!).Begin(),
            this,
            claim.Lease / 3,
            Timeout.InfiniteTimeSpan
        );
    }

    /// <summary>Cancelled when the claim is lost.</summary>
    public CancellationToken Lost => _lost.Token;

    public bool IsLost => _lost.IsCancellationRequested || LeaseLeft <= TimeSpan.Zero;

    public TimeSpan LeaseLeft => _claim.Lease - _time.GetElapsedTime(Interlocked.Read(ref _heldSince));

    /// <summary>Ends the renewing; whether the claim was lost by then stays readable.</summary>
    public async ValueTask StopAsync()
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

    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        _lost.Dispose();
        _settled.Dispose();
    }

    private void Begin()
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
                _logger.WebhookClaimLost(_claim.Key.Shown);
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
            _logger.WebhookCancellationFailed(_claim.Key.Shown, failure);
        }
    }

    /// <returns>Whether the claim is still held; null where the log could not be asked.</returns>
    private async Task<bool?> RenewAsync()
    {
        var asked = _time.GetTimestamp();
        // Looked at once: it may end between two looks, and a time below zero is none.
        var left = LeaseLeft;
        using var leaseEnd = new CancellationTokenSource(left > TimeSpan.Zero ? left : TimeSpan.Zero, _time);
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
            _logger.WebhookClaimNotRenewed(_claim.Key.Shown, LeaseLeft, failure);
            return null;
        }
    }
}
