using System.Data.Common;
using NodeData.Sdk.Webhooks.Receiving.Running;

namespace NodeData.Sdk.Webhooks.Receiving.Handlers;

/// <summary>One call of a handler: one event, under one claim.</summary>
internal sealed class HandlerCall(
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

    /// <summary>Whether the handler completed the claim within its own transaction.</summary>
    public bool HasJoinedTransaction { get; private set; }

    public async ValueTask CompleteAsync(DbTransaction transaction, CancellationToken cancellationToken)
    {
        if (claim is null)
        {
            throw new InvalidOperationException(
                "The event is handled without a claim (WebhookReceiverOptions.ProcessWithoutClaim), so there is no claim to complete."
            );
        }

        await claim.CompleteAsync(transaction, cancellationToken).ConfigureAwait(false);
        HasJoinedTransaction = true;
    }
}
