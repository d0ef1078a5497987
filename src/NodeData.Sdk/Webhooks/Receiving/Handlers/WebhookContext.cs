using System.Data.Common;
using System.Diagnostics;
using NodeData.Sdk.Webhooks.Receiving.Handlers;

namespace NodeData.Sdk.Webhooks;

/// <summary>Provides a handler with the event, an idempotency key and the number of the attempt.</summary>
/// <typeparam name="TEvent">The event's class.</typeparam>
[DebuggerDisplay("{IdempotencyKey,nq}")]
public class WebhookContext<TEvent>
    where TEvent : WebhookEvent
{
    private readonly HandlerCall? _call;

    /// <summary>Initializes a new instance for a test. It has no claim, so <see cref="CompleteAsync"/> does nothing.</summary>
    /// <param name="webhookEvent">The event.</param>
    /// <param name="idempotencyKey">The idempotency key, which identifies the event and the handler.</param>
    /// <param name="attempt">The number of the attempt, from 1.</param>
    /// <param name="services">The services that the handler resolves; null for none.</param>
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

    internal WebhookContext(HandlerCall call)
        : this((TEvent)call.Event, call.IdempotencyKey, call.Attempt, call.Services) => _call = call;

    /// <summary>The verified event.</summary>
    public TEvent Event { get; }

    /// <summary>
    /// A key that is the same for every attempt of this handler to handle this event, and different for every other handler and event: 1 to 255 visible ASCII
    /// characters (<see cref="WebhookClaimKey.ToString"/>). Use it as an idempotency key.
    /// </summary>
    public string IdempotencyKey { get; }

    /// <summary>
    /// The number of the attempt, counted in the claim store: 1 for the first. Attempts that were interrupted by a crash are counted. 0 if the event is handled
    /// without a claim (<see cref="WebhookReceiverOptions.ProcessWithoutClaim"/>).
    /// </summary>
    public int Attempt { get; }

    /// <summary>The services of the scope of this call.</summary>
    public IServiceProvider Services { get; }

    /// <summary>
    /// Completes the claim within the handler's own transaction: the effect of the handler and the completion are committed together or not at all, so the
    /// effect happens once. Call it as the last step before the commit. The claim store must be in the same database
    /// (<see cref="ITransactionalWebhookClaimStore"/>).
    /// </summary>
    /// <param name="transaction">The handler's open transaction.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A task that completes when the completion is part of the transaction.</returns>
    /// <exception cref="WebhookClaimLostException">The claim was lost. Roll back the transaction; disposing it after an exception does so.</exception>
    /// <exception cref="InvalidOperationException">The claim store does not support transactions, or the event is handled without a claim.</exception>
    public virtual ValueTask CompleteAsync(DbTransaction transaction, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        return _call?.CompleteAsync(transaction, cancellationToken) ?? ValueTask.CompletedTask;
    }
}
