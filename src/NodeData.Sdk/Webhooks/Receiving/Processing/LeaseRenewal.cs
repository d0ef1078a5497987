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

    // How long a transaction waits for a renewal in progress: in a database with one writer, the renewal may itself wait for the transaction.
    private static readonly TimeSpan SuspensionTimeout = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _lost = new();
    private readonly CancellationTokenSource _stopped = new();
    private readonly ITimer _firstRenewalTimer;
    private readonly object _gate = new();
    private Task? _renewalTask;
    private Task? _call;
    private bool _isStopped;
    private volatile bool _isSuspended;
    private long _heldSince;
    private long _requestedAt;

    public LeaseRenewal(IWebhookClaimStore store, WebhookClaim claim, long heldSince, TimeProvider time, ILogger logger)
    {
        (_store, _claim, _heldSince, _time, _logger) = (store, claim, heldSince, time, logger);
        _requestedAt = heldSince;
        // Most handlers return long before, so nothing but this timer is started.
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

    /// <summary>
    /// Suspends the renewal, so that nothing but the handler's transaction changes the claim. Until <see cref="Resume"/> is called, the claim does not count as
    /// lost when its lease expires: its state depends on the transaction. Waits for a renewal in progress.
    /// </summary>
    public async ValueTask SuspendAsync(CancellationToken cancellationToken)
    {
        Task? call;
        lock (_gate)
        {
            _isSuspended = true;
            call = _call;
        }

        if (call is { IsCompleted: false })
        {
            await call.WaitAsync(SuspensionTimeout, _time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Resumes the renewal.</summary>
    public void Resume() => _isSuspended = false;

    /// <summary>Renews the claim once if it is due, after the renewal was stopped.</summary>
    public async ValueTask RenewIfDueAsync()
    {
        if (RemainingLease <= 2 * _claim.Lease / 3 && _time.GetElapsedTime(_requestedAt) >= _claim.Lease / 10)
        {
            await RenewAsync(CancellationToken.None).ConfigureAwait(false);
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
            var isHeld = await RenewUnlessSuspendedAsync().ConfigureAwait(false);
            if (_stopped.IsCancellationRequested)
            {
                return;
            }

            if (!_isSuspended && (isHeld is false || RemainingLease <= TimeSpan.Zero))
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

    /// <returns>Whether the claim is still held, or the renewal is suspended; null if the call failed.</returns>
    private async Task<bool?> RenewUnlessSuspendedAsync()
    {
        var call = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_isSuspended)
            {
                return true;
            }

            _call = call.Task;
        }

        try
        {
            return await RenewAsync(_stopped.Token).ConfigureAwait(false);
        }
        finally
        {
            call.SetResult();
        }
    }

    /// <returns>Whether the claim is still held; null if the call failed.</returns>
    private async Task<bool?> RenewAsync(CancellationToken stopped)
    {
        var requestedAt = _time.GetTimestamp();
        _requestedAt = requestedAt;
        // Read once: the lease may expire between two reads, and a negative time is not allowed.
        var remaining = RemainingLease;
        using var leaseTimeout = new CancellationTokenSource(remaining > TimeSpan.Zero ? remaining : TimeSpan.Zero, _time);
        using var linkedSource = CancellationTokenSource.CreateLinkedTokenSource(leaseTimeout.Token, stopped);
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
        catch (Exception) when (stopped.IsCancellationRequested)
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
