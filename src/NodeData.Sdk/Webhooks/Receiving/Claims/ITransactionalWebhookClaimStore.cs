using System.Data.Common;

namespace NodeData.Sdk.Webhooks;

/// <summary>
/// Represents a claim store in the application's database. A claim can be completed within the handler's transaction, so that the effect of the handler and the
/// completion of the claim are committed together or not at all.
/// </summary>
public interface ITransactionalWebhookClaimStore : IWebhookClaimStore
{
    /// <summary>Completes a claim within a transaction. The completion takes effect when the transaction is committed.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="transaction">An open transaction of the database that contains the store.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>
    /// true if this owner held the claim; otherwise, false: roll back the transaction. Also false if this owner already completed the claim, because the effect
    /// of that transaction is already committed.
    /// </returns>
    ValueTask<bool> CompleteAsync(WebhookClaim claim, DbTransaction transaction, CancellationToken cancellationToken);
}
