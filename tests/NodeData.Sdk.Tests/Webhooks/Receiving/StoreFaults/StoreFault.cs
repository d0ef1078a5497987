using NodeData.Sdk.Testing;

namespace NodeData.Sdk.Tests.Webhooks.Receiving.StoreFaults;

/// <summary>One way in which a store can fail a receiver.</summary>
/// <param name="Call">The call that goes wrong.</param>
/// <param name="Fault">How.</param>
/// <param name="IsTransient">Whether the store recovers at once; otherwise it stays so for the whole delivery.</param>
/// <param name="IsCancellationIgnored">Whether a call that hangs does not even heed its cancellation.</param>
internal sealed record StoreFault(WebhookClaimStoreCall Call, WebhookClaimStoreFault Fault, bool IsTransient, bool IsCancellationIgnored)
{
    public static IReadOnlyList<StoreFault> All { get; } =
    [
        .. from pair in FaultyWebhookClaimStore.AllFaults
        from isTransient in new[] { true, false }
        from isCancellationIgnored in IsHang(pair.Fault) ? new[] { false, true } : [false]
        select new StoreFault(pair.Call, pair.Fault, isTransient, isCancellationIgnored),
    ];

    public FaultyWebhookClaimStore ApplyTo(FaultyWebhookClaimStore store)
    {
        store.ObservesCancellation = !IsCancellationIgnored;
        if (IsTransient)
        {
            store.Enqueue(Call, Fault);
        }
        else
        {
            store.SetFault(Call, Fault);
        }

        return store;
    }

    private static bool IsHang(WebhookClaimStoreFault fault) =>
        fault is WebhookClaimStoreFault.HangBeforeCall or WebhookClaimStoreFault.HangAfterCall;
}
