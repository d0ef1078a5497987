using System.Data.Common;
using NodeData.Sdk.Webhooks.Receiving.Processing;

namespace NodeData.Sdk.Webhooks.Receiving.Handlers;

/// <summary>The context of one handler invocation: one event and one claim.</summary>
internal sealed class HandlerContext(
    WebhookEvent webhookEvent,
    string idempotencyKey,
    int attempt,
    IServiceProvider services,
    HeldClaim? claim
)
{
    public WebhookEvent Event { get; } = webhookEvent;

    public string IdempotencyKey { get; } = idempotencyKey;

    public int Attempt { get; } = attempt;

    public IServiceProvider Services { get; } = services;

    /// <summary>Gets a value that indicates whether the handler completed the claim within its transaction, which may not be committed yet.</summary>
    public bool IsCompletedInTransaction { get; private set; }

    public async ValueTask CompleteAsync(DbTransaction transaction, CancellationToken cancellationToken)
    {
        if (claim is null)
        {
            throw new InvalidOperationException(
                "The event is handled without a claim (WebhookReceiverOptions.ProcessWithoutClaim), so there is no claim to complete."
            );
        }

        await claim.CompleteAsync(transaction, cancellationToken).ConfigureAwait(false);
        IsCompletedInTransaction = true;
    }
}
