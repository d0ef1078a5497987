using System.Data.Common;
using NodeData.Sdk.Webhooks;

namespace Sample;

/// <summary>Enters a payout into the books effectively once: the entry and the note that the event is handled are committed together.</summary>
public sealed class PayoutHandler(DbDataSource shop) : IWebhookHandler<PayoutPaidEvent>
{
    public async Task HandleAsync(WebhookContext<PayoutPaidEvent> context, CancellationToken cancellationToken)
    {
        await using var connection = await shop.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await PayoutRepository.InsertAsync(transaction, context.IdempotencyKey, context.Event, cancellationToken);
        await context.CompleteAsync(transaction, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        Console.WriteLine($"handled {context.Event}: entered into the books, attempt {context.Attempt}");
    }
}
