using System.Data.Common;
using NodeData.Sdk.Webhooks;

namespace Sample;

/// <summary>Records each payout once: the payout and the completion of the claim are committed together.</summary>
public sealed class PayoutHandler(DbDataSource shop) : IWebhookHandler<PayoutPaidEvent>
{
    public async Task HandleAsync(WebhookContext<PayoutPaidEvent> context, CancellationToken cancellationToken)
    {
        await using var connection = await shop.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await PayoutRepository.InsertAsync(transaction, context.IdempotencyKey, context.Event, cancellationToken);
        await context.CompleteAsync(transaction, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        Console.WriteLine($"handled {context.Event}: payout recorded, attempt {context.Attempt}");
    }
}
