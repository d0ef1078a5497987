using NodeData.Sdk.Testing;

namespace NodeData.Sdk.Tests.Webhooks.Receiving.StoreFaults;

/// <summary>One way in which a store can fail a receiver.</summary>
/// <param name="Call">The call that goes wrong.</param>
/// <param name="Fault">How.</param>
/// <param name="IsOnce">Whether the store recovers at once; otherwise it stays so for the whole delivery.</param>
/// <param name="IsDeaf">Whether a call that hangs does not even heed its cancellation.</param>
internal sealed record StoreFault(WebhookClaimStoreCall Call, WebhookClaimStoreFault Fault, bool IsOnce, bool IsDeaf)
{
    public static IReadOnlyList<StoreFault> All { get; } =
    [
        .. from pair in FaultyWebhookClaimStore.AllFaults
        from isOnce in new[] { true, false }
        from isDeaf in Hangs(pair.Fault) ? new[] { false, true } : [false]
        select new StoreFault(pair.Call, pair.Fault, isOnce, isDeaf),
    ];

    public FaultyWebhookClaimStore PutInto(FaultyWebhookClaimStore log)
    {
        log.ObservesCancellation = !IsDeaf;
        if (IsOnce)
        {
            log.Enqueue(Call, Fault);
        }
        else
        {
            log.SetFault(Call, Fault);
        }

        return log;
    }

    private static bool Hangs(WebhookClaimStoreFault fault) =>
        fault is WebhookClaimStoreFault.HangBeforeCall or WebhookClaimStoreFault.HangAfterCall;
}
