using System.Text;
using NodeData.Sdk.Testing;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Tests.Webhooks.Receiving.StoreFaults;

/// <summary>
/// An event is delivered while its store is in trouble, and again afterwards until it is acknowledged. Whatever the trouble: the event is handled, what was
/// acknowledged is complete in the store, and what is not complete there can be claimed again.
/// </summary>
/// <param name="store">The store, without faults.</param>
/// <param name="timeProvider">The receiver's clock.</param>
/// <param name="advanceAsync">Lets time pass on the clocks of receiver and store: at least as much as is asked for.</param>
/// <param name="lease">The lease of a claim; a delivery may take a half of it.</param>
/// <param name="fault">The trouble.</param>
internal sealed class StoreFaultScenario(
    IWebhookClaimStore store,
    TimeProvider timeProvider,
    Func<TimeSpan, CancellationToken, Task> advanceAsync,
    TimeSpan lease,
    StoreFault fault
)
{
    private const string Secret = "whsec_test_0123456789abcdef0123456789abcdef";

    // A claim is tried three times. One that the receiver gave up may reach the store after its answer; its lease ends as any other does.
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
                        // Long enough for a renewal to meet its fault.
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
        Assert.True(_handled >= 1, "It was acknowledged and never handled.");
        await VerifyStoreAsync(isAcknowledged: true, cancellationToken);
    }

    /// <summary>What really stands in the store.</summary>
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

        Assert.True(state.IsCompleted || state.IsClaimed, $"It is neither complete nor to be claimed again: {state}.");
        Assert.False(isAcknowledged && !state.IsCompleted, "It was acknowledged, and the store does not know it.");
        Assert.False(state.IsCompleted && _handled == 0, "The store has it as complete, and it was never handled.");
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

    // A release that follows the answer is met a little later.
    private async Task WaitForFaultAsync(CancellationToken cancellationToken)
    {
        var faultOccurred = _faultyStore.WaitForFaultsAsync(1, cancellationToken);
        while (!faultOccurred.IsCompleted)
        {
            await AdvanceTimeAsync(cancellationToken);
        }
    }

    // Only trouble waits for time, and the renewal that is to meet it: no time passes while a call is on its way to its fault.
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
