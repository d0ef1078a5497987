using System.Data.Common;
using NodeData.Sdk.Webhooks.Receiving.Running;

namespace NodeData.Sdk.Webhooks.Receiving.Handlers;

/// <summary>One handler at work on one event under one claim.</summary>
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

    /// <summary>Whether the handler made completing a part of its own transaction.</summary>
    public bool HasJoinedTransaction { get; private set; }

    public async ValueTask CompleteAsync(DbTransaction transaction, CancellationToken cancellationToken)
    {
        if (claim is null)
        {
            throw new InvalidOperationException("The event is handled unclaimed, so there is nothing to complete.");
        }

        await claim.CompleteAsync(transaction, cancellationToken).ConfigureAwait(false);
        HasJoinedTransaction = true;
    }
}
