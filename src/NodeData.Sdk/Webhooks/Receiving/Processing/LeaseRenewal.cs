using Microsoft.Extensions.Logging;
using NodeData.Sdk.Diagnostics;

namespace NodeData.Sdk.Webhooks.Receiving.Processing;

/// <summary>
/// Renews a claim until it is stopped, and detects when the claim is lost. The lease is measured with the local clock, starting before the call to the store,
/// so that the claim is never considered held after its lease has expired in the store.
/// </summary>
internal sealed class LeaseRenewal : IAsyncDisposable
{
    private readonly IWebhookClaimStore _store;
    private readonly WebhookClaim _claim;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _lost = new();
    private readonly CancellationTokenSource _stopped = new();
    private readonly ITimer _firstRenewalTimer;
    private readonly object _gate = new();
    private Task? _renewalTask;
    private bool _isStopped;
    private long _heldSince;

    public LeaseRenewal(IWebhookClaimStore store, WebhookClaim claim, long heldSince, TimeProvider time, ILogger logger)
    {
        (_store, _claim, _heldSince, _time, _logger) = (store, claim, heldSince, time, logger);
        // Most handlers return before the first renewal is due, so only this timer is created at first.
        _firstRenewalTimer = time.CreateTimer(
            static renewal => ((LeaseRenewal)renewal!).Start(),
            this,
            claim.Lease / 3,
            Timeout.InfiniteTimeSpan
        );
    }

    /// <summary>Canceled when the claim is lost.</summary>
    public CancellationToken ClaimLost => _lost.Token;

    public bool IsLost => _lost.IsCancellationRequested || RemainingLease <= TimeSpan.Zero;

    public TimeSpan RemainingLease => _claim.Lease - _time.GetElapsedTime(Interlocked.Read(ref _heldSince));

    /// <summary>Stops the renewal. <see cref="IsLost"/> remains available.</summary>
    public async ValueTask StopAsync()
    {
        Task? renewalTask;
        lock (_gate)
        {
            _isStopped = true;
            renewalTask = _renewalTask;
        }

        await _firstRenewalTimer.DisposeAsync().ConfigureAwait(false);
        if (renewalTask is not null)
        {
            await _stopped.CancelAsync().ConfigureAwait(false);
            await renewalTask.ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        _lost.Dispose();
        _stopped.Dispose();
    }

    private void Start()
    {
        var completion = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_isStopped)
            {
                return;
            }

            _renewalTask = completion.Task;
        }

        _ = RunAsync();

        async Task RunAsync()
        {
            try
            {
                await RenewUntilStoppedAsync().ConfigureAwait(false);
            }
            finally
            {
                completion.SetResult();
            }
        }
    }

    private async Task RenewUntilStoppedAsync()
    {
        while (!_stopped.IsCancellationRequested)
        {
            var isHeld = await RenewAsync().ConfigureAwait(false);
            if (_stopped.IsCancellationRequested)
            {
                return;
            }

            if (isHeld is false || RemainingLease <= TimeSpan.Zero)
            {
                _logger.WebhookClaimLost(_claim.Key.MaskedText);
                await CancelHandlerAsync().ConfigureAwait(false);
                return;
            }

            // A failed call is retried sooner.
            var delay = isHeld is null ? _claim.Lease / 10 : _claim.Lease / 3;
            await Task.Delay(delay, _time, _stopped.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // If a cancellation callback of the handler throws, the claim is lost nonetheless.
    private async Task CancelHandlerAsync()
    {
        try
        {
            await _lost.CancelAsync().ConfigureAwait(false);
        }
        catch (AggregateException exception)
        {
            _logger.WebhookCancellationCallbackFailed(_claim.Key.MaskedText, exception);
        }
    }

    /// <returns>true if the claim is still held; false if it was lost; null if the call failed.</returns>
    private async Task<bool?> RenewAsync()
    {
        var requestedAt = _time.GetTimestamp();
        // Read once: the lease may expire between two reads, and a timeout must not be negative.
        var remaining = RemainingLease;
        using var leaseTimeout = new CancellationTokenSource(remaining > TimeSpan.Zero ? remaining : TimeSpan.Zero, _time);
        using var linkedSource = CancellationTokenSource.CreateLinkedTokenSource(leaseTimeout.Token, _stopped.Token);
        try
        {
            var isHeld = await ClaimStoreInvoker
                .InvokeOnceAsync(token => _store.RenewAsync(_claim, token), linkedSource.Token)
                .ConfigureAwait(false);
            if (isHeld)
            {
                Interlocked.Exchange(ref _heldSince, requestedAt);
            }

            return isHeld;
        }
        catch (Exception) when (_stopped.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception exception)
        {
            _logger.WebhookClaimRenewalFailed(_claim.Key.MaskedText, RemainingLease, exception);
            return null;
        }
    }
}
