using System.Data.Common;

namespace NodeData.Sdk.Webhooks;

/// <summary>
/// A log that lives in a database of the application's: completing can be part of a handler's own transaction, so that the effect and its being noted happen
/// together or not at all.
/// </summary>
public interface ITransactionalWebhookClaimStore : IWebhookClaimStore
{
    /// <summary>Notes, as a part of a transaction, that the delivery was handled. It counts once the transaction is committed.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="transaction">An open transaction of the database that the log lives in.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>
    /// Whether this owner still held the claim; where not, the transaction must be rolled back. False as well where this owner completed the delivery before:
    /// the effect of that transaction is there already.
    /// </returns>
    ValueTask<bool> CompleteAsync(WebhookClaim claim, DbTransaction transaction, CancellationToken cancellationToken);
}
