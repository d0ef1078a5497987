using System.Data.Common;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Testing.Faults;

/// <summary>The same around a log that lives in a database of the application's.</summary>
internal sealed class FaultyTransactionalWebhookDeliveryLog(ITransactionalWebhookClaimStore log)
    : FaultyWebhookClaimStore(log),
        ITransactionalWebhookClaimStore
{
    public ValueTask<bool> CompleteAsync(WebhookClaim claim, DbTransaction transaction, CancellationToken cancellationToken) =>
        MeetAsync(WebhookClaimStoreCall.Complete, () => log.CompleteAsync(claim, transaction, cancellationToken), cancellationToken);
}
