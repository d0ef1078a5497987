using System.Data.Common;
using System.Diagnostics;
using NodeData.Sdk.Webhooks.Receiving.Handlers;

namespace NodeData.Sdk.Webhooks;

/// <summary>Provides a handler with the event, an idempotency key and the number of the claim attempt.</summary>
/// <typeparam name="TEvent">The event's class.</typeparam>
[DebuggerDisplay("{IdempotencyKey,nq}")]
public class WebhookContext<TEvent>
    where TEvent : WebhookEvent
{
    private readonly HandlerContext? _context;

    /// <summary>Initializes a new instance for a test. It has no claim, so <see cref="CompleteAsync"/> does nothing.</summary>
    /// <param name="webhookEvent">The event.</param>
    /// <param name="idempotencyKey">The idempotency key, which identifies the event and the handler.</param>
    /// <param name="attempt">The number of times that the handler has been granted the claim, from 1.</param>
    /// <param name="services">The services that the handler resolves; null if it resolves no services.</param>
    /// <exception cref="ArgumentException">The idempotency key is empty.</exception>
    public WebhookContext(TEvent webhookEvent, string idempotencyKey, int attempt = 1, IServiceProvider? services = null)
    {
        ArgumentNullException.ThrowIfNull(webhookEvent);
        ArgumentException.ThrowIfNullOrEmpty(idempotencyKey);
        Event = webhookEvent;
        IdempotencyKey = idempotencyKey;
        Attempt = attempt;
        Services = services ?? EmptyServiceProvider.Instance;
    }

    internal WebhookContext(HandlerContext context)
        : this((TEvent)context.Event, context.IdempotencyKey, context.Attempt, context.Services) => _context = context;

    /// <summary>Gets the verified event.</summary>
    public TEvent Event { get; }

    /// <summary>
    /// Gets the idempotency key of this handler and this event. It is the same for each invocation of the handler with the event, and different for every other
    /// handler and event: 1 to 255 visible ASCII characters (<see cref="WebhookClaimKey.ToString"/>).
    /// </summary>
    public string IdempotencyKey { get; }

    /// <summary>
    /// Gets the number of times that this handler has been granted the claim on this event, including this time: 1 for the first. It is counted in the claim
    /// store and includes invocations that a crash interrupted. It is not the number of the service's attempts. 0 if the event is handled without a claim
    /// (<see cref="WebhookReceiverOptions.ProcessWithoutClaim"/>).
    /// </summary>
    public int Attempt { get; }

    /// <summary>Gets the services of the scope of this invocation.</summary>
    public IServiceProvider Services { get; }

    /// <summary>
    /// Completes the claim within the handler's own transaction: the effect of the handler and the completion are committed together or not at all, so the
    /// effect happens once. The claim store must be in the same database (<see cref="ITransactionalWebhookClaimStore"/>).
    /// </summary>
    /// <remarks>
    /// At read committed, call it as the last step before the commit, so that the claim is renewed while the handler works. At repeatable read, snapshot or
    /// serializable, call it as the first statement of the transaction: a renewal after the transaction's snapshot would fail the completion (SQLSTATE 40001).
    /// After this call the claim is not renewed; the row that the transaction has changed prevents other processes from claiming the event.
    /// </remarks>
    /// <param name="transaction">The handler's open transaction.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A task that completes when the completion is part of the transaction.</returns>
    /// <exception cref="WebhookClaimLostException">The claim was lost. Roll back the transaction; disposing of it without a commit does so.</exception>
    /// <exception cref="InvalidOperationException">The claim store does not support transactions, or the event is handled without a claim.</exception>
    public virtual ValueTask CompleteAsync(DbTransaction transaction, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        return _context?.CompleteAsync(transaction, cancellationToken) ?? ValueTask.CompletedTask;
    }
}
