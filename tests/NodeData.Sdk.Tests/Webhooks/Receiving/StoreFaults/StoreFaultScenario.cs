using System.Text;
using NodeData.Sdk.Testing;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Tests.Webhooks.Receiving.StoreFaults;

/// <summary>
/// Delivers an event while the claim store has a fault, and retries it afterwards until it is acknowledged. With every fault the event is handled, an
/// acknowledged event is completed in the store, and an event that is not completed there can be claimed again.
/// </summary>
/// <param name="store">The claim store without faults.</param>
/// <param name="timeProvider">The clock of the receiver.</param>
/// <param name="advanceAsync">Advances the clocks of the receiver and the store by at least the specified duration.</param>
/// <param name="lease">The lease of a claim; an attempt may take half of it.</param>
/// <param name="fault">The fault.</param>
internal sealed class StoreFaultScenario(
    IWebhookClaimStore store,
    TimeProvider timeProvider,
    Func<TimeSpan, CancellationToken, Task> advanceAsync,
    TimeSpan lease,
    StoreFault fault
)
{
    private const string Secret = "whsec_test_0123456789abcdef0123456789abcdef";

    // The receiver tries a claim three times. A call that it abandoned may reach the store after the response; its lease expires like any other.
    private const int MaxLateCalls = 3;

    private readonly FaultyWebhookClaimStore _faultyStore = fault.ApplyTo(FaultyWebhookClaimStore.Wrap(store));
    private readonly string _eventId = $"ev_{Guid.NewGuid():N}";
    private int _handled;
    private bool _isRecovered;
    private volatile bool _isWaitingForRenewal;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var isFirst = true;
        using var receiver = new WebhookReceiver(
            "faults",
            [Secret],
            new WebhookHandlers().PayoutPaid(
                async (_, _) =>
                {
                    var isFirstCall = isFirst;
                    isFirst = false;
                    if (isFirstCall && fault.Call is WebhookClaimStoreCall.Renew)
                    {
                        // Waits until the fault of the renewal has occurred.
                        _isWaitingForRenewal = true;
                        await _faultyStore.WaitForFaultsAsync(1, cancellationToken);
                    }

                    if (isFirstCall && fault.Call is WebhookClaimStoreCall.Release)
                    {
                        throw new InvalidOperationException("The first attempt fails, so that its claim is released.");
                    }

                    Interlocked.Increment(ref _handled);
                }
            ),
            new WebhookReceiverOptions
            {
                ClaimStore = _faultyStore,
                TimeProvider = timeProvider,
                Lease = lease,
                Timeout = lease / 2,
                Retention = TimeSpan.FromDays(7),
            }
        );

        var first = await DeliverAsync(receiver, cancellationToken);
        await WaitForFaultAsync(cancellationToken);
        await advanceAsync(2 * lease, cancellationToken);
        await VerifyStoreAsync(isAcknowledged: first.StatusCode == 200, cancellationToken);

        _faultyStore.ReleaseHangingCalls();
        _isRecovered = true;
        var last = first;
        for (var delivery = 0; delivery < 5 && last.StatusCode != 200; delivery++)
        {
            last = await DeliverAsync(receiver, cancellationToken);
            await advanceAsync(2 * lease, cancellationToken);
        }

        Assert.Equal(200, last.StatusCode);
        Assert.True(_handled >= 1, "The event was acknowledged but not handled.");
        await VerifyStoreAsync(isAcknowledged: true, cancellationToken);
    }

    /// <summary>Verifies the state of the event in the store.</summary>
    private async Task VerifyStoreAsync(bool isAcknowledged, CancellationToken cancellationToken)
    {
        var key = new WebhookClaimKey("faults", _eventId, "payout.paid");
        var probe = new WebhookClaim(key, "probe", lease, TimeSpan.FromDays(7));
        var state = await store.ClaimAsync(probe, cancellationToken);
        for (var late = 0; late < MaxLateCalls && state is { IsCompleted: false, IsClaimed: false }; late++)
        {
            await advanceAsync(2 * lease, cancellationToken);
            state = await store.ClaimAsync(probe, cancellationToken);
        }

        Assert.True(state.IsCompleted || state.IsClaimed, $"The event is neither completed nor can it be claimed again: {state}.");
        Assert.False(isAcknowledged && !state.IsCompleted, "The event was acknowledged but is not completed in the store.");
        Assert.False(state.IsCompleted && _handled == 0, "The event is completed in the store but was not handled.");
        if (state.IsClaimed)
        {
            Assert.True(await store.ReleaseAsync(probe, cancellationToken));
        }
    }

    private async Task<WebhookResult> DeliverAsync(WebhookReceiver receiver, CancellationToken cancellationToken)
    {
        var body = Encoding.UTF8.GetBytes($$"""{"id":"{{_eventId}}","type":"payout.paid"}""");
        using var signer = new WebhookSigner(WebhookSecret.Parse(Secret));
        var receiving = receiver.ReceiveAsync(body, signer.Sign(body, timeProvider.GetUtcNow()), cancellationToken);
        while (!receiving.IsCompleted)
        {
            await AdvanceTimeAsync(cancellationToken);
        }

        return await receiving;
    }

    // The fault of a release occurs after the response.
    private async Task WaitForFaultAsync(CancellationToken cancellationToken)
    {
        var faultOccurred = _faultyStore.WaitForFaultsAsync(1, cancellationToken);
        while (!faultOccurred.IsCompleted)
        {
            await AdvanceTimeAsync(cancellationToken);
        }
    }

    // Only a fault that has occurred, or a renewal that is due, waits for time. The clock does not advance before the call with the fault.
    private async Task AdvanceTimeAsync(CancellationToken cancellationToken)
    {
        var hasFaultOccurred = _faultyStore.FaultCount > 0;
        var isRenewalDue = _isWaitingForRenewal && !_faultyStore.Calls.Contains(WebhookClaimStoreCall.Renew);
        if (!_isRecovered && (hasFaultOccurred || isRenewalDue))
        {
            await advanceAsync(lease / 600, cancellationToken);
        }

        await Task.Yield();
    }
}
