using NodeData.Sdk.Testing;

namespace NodeData.Sdk.Tests.Webhooks.Receiving.StoreFaults;

/// <summary>A fault of a claim store.</summary>
/// <param name="Call">The call with the fault.</param>
/// <param name="Fault">The fault.</param>
/// <param name="IsTransient">Whether only one call has the fault; otherwise every such call of the attempt has it.</param>
/// <param name="IsCancellationIgnored">Whether a call that hangs ignores its cancellation token.</param>
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
