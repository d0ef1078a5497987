using System.Data.Common;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Testing.Faults;

/// <summary>Wraps a claim store that supports transactions.</summary>
internal sealed class FaultyTransactionalWebhookClaimStore(ITransactionalWebhookClaimStore store)
    : FaultyWebhookClaimStore(store),
        ITransactionalWebhookClaimStore
{
    public ValueTask<bool> CompleteAsync(WebhookClaim claim, DbTransaction transaction, CancellationToken cancellationToken) =>
        InvokeAsync(WebhookClaimStoreCall.Complete, () => store.CompleteAsync(claim, transaction, cancellationToken), cancellationToken);
}
