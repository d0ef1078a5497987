using System.Text;
using NodeData.Sdk.Testing;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Tests.Webhooks.Receiving.StoreFaults;

/// <summary>
/// An event is delivered while its store is in trouble, and again afterwards until it is acknowledged. Whatever the trouble: the event is handled, what was
/// acknowledged is complete in the store, and what is not complete there can be claimed again.
/// </summary>
/// <param name="store">The store, without faults.</param>
/// <param name="time">The receiver's clock.</param>
/// <param name="passAsync">Lets time pass on the clocks of receiver and store: at least as much as is asked for.</param>
/// <param name="lease">The lease of a claim; a delivery may take a half of it.</param>
/// <param name="fault">The trouble.</param>
internal sealed class StoreFaultStory(
    IWebhookClaimStore store,
    TimeProvider time,
    Func<TimeSpan, CancellationToken, Task> passAsync,
    TimeSpan lease,
    StoreFault fault
)
{
    private const string Secret = "whsec_test_0123456789abcdef0123456789abcdef";

    // A claim is tried three times. One that the receiver gave up may reach the store after its answer; its lease ends as any other does.
    private const int CallsOnTheirWay = 3;

    private readonly FaultyWebhookClaimStore _log = fault.PutInto(FaultyWebhookClaimStore.Wrap(store));
    private readonly string _eventId = $"ev_{Guid.NewGuid():N}";
    private int _handled;
    private bool _isOver;
    private volatile bool _waitsForRenewal;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var isFirst = true;
        using var receiver = new WebhookReceiver(
            "faults",
            [Secret],
            new WebhookHandlers().PayoutPaid(
                async (_, _) =>
                {
                    var isThis = isFirst;
                    isFirst = false;
                    if (isThis && fault.Call is WebhookClaimStoreCall.Renew)
                    {
                        // Long enough for a renewal to meet its fault.
                        _waitsForRenewal = true;
                        await _log.WaitForFaultsAsync(1, cancellationToken);
                    }

                    if (isThis && fault.Call is WebhookClaimStoreCall.Release)
                    {
                        throw new InvalidOperationException("The first attempt fails, so that its claim is released.");
                    }

                    Interlocked.Increment(ref _handled);
                }
            ),
            new WebhookReceiverOptions
            {
                ClaimStore = _log,
                TimeProvider = time,
                Lease = lease,
                Timeout = lease / 2,
                Retention = TimeSpan.FromDays(7),
            }
        );

        var first = await DeliverAsync(receiver, cancellationToken);
        await UntilMetAsync(cancellationToken);
        await passAsync(2 * lease, cancellationToken);
        await ProveAsync(wasAcknowledged: first.StatusCode == 200, cancellationToken);

        _log.ReleaseHangingCalls();
        _isOver = true;
        var last = first;
        for (var delivery = 0; delivery < 5 && last.StatusCode != 200; delivery++)
        {
            last = await DeliverAsync(receiver, cancellationToken);
            await passAsync(2 * lease, cancellationToken);
        }

        Assert.Equal(200, last.StatusCode);
        Assert.True(_handled >= 1, "It was acknowledged and never handled.");
        await ProveAsync(wasAcknowledged: true, cancellationToken);
    }

    /// <summary>What really stands in the store.</summary>
    private async Task ProveAsync(bool wasAcknowledged, CancellationToken cancellationToken)
    {
        var key = new WebhookClaimKey("faults", _eventId, "payout.paid");
        var probe = new WebhookClaim(key, "probe", lease, TimeSpan.FromDays(7));
        var state = await store.ClaimAsync(probe, cancellationToken);
        for (var late = 0; late < CallsOnTheirWay && state is { IsCompleted: false, IsClaimed: false }; late++)
        {
            await passAsync(2 * lease, cancellationToken);
            state = await store.ClaimAsync(probe, cancellationToken);
        }

        Assert.True(state.IsCompleted || state.IsClaimed, $"It is neither complete nor to be claimed again: {state}.");
        Assert.False(wasAcknowledged && !state.IsCompleted, "It was acknowledged, and the store does not know it.");
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
        var receiving = receiver.ReceiveAsync(body, signer.Sign(body, time.GetUtcNow()), cancellationToken);
        while (!receiving.IsCompleted)
        {
            await LetTimePassAsync(cancellationToken);
        }

        return await receiving;
    }

    // A release that follows the answer is met a little later.
    private async Task UntilMetAsync(CancellationToken cancellationToken)
    {
        var met = _log.WaitForFaultsAsync(1, cancellationToken);
        while (!met.IsCompleted)
        {
            await LetTimePassAsync(cancellationToken);
        }
    }

    // Only trouble waits for time, and the renewal that is to meet it: no time passes while a call is on its way to its fault.
    private async Task LetTimePassAsync(CancellationToken cancellationToken)
    {
        var isMet = _log.FaultCount > 0;
        var isDue = _waitsForRenewal && !_log.Calls.Contains(WebhookClaimStoreCall.Renew);
        if (!_isOver && (isMet || isDue))
        {
            await passAsync(lease / 600, cancellationToken);
        }

        await Task.Yield();
    }
}
