using System.Data.Common;
using System.Diagnostics;
using NodeData.Sdk.Webhooks.Receiving.Handlers;

namespace NodeData.Sdk.Webhooks;

/// <summary>What a handler is given: the event, a key for its own idempotency, and which attempt this is.</summary>
/// <typeparam name="TEvent">The event's class.</typeparam>
[DebuggerDisplay("{DeliveryKey,nq}")]
public class WebhookContext<TEvent>
    where TEvent : WebhookEvent
{
    private readonly HandlerCall? _call;

    /// <summary>A context of a test's own. It belongs to no claim, so <see cref="CompleteAsync"/> does nothing.</summary>
    /// <param name="webhookEvent">The event.</param>
    /// <param name="idempotencyKey">What stands for the event and the handler.</param>
    /// <param name="attempt">Which attempt it is, from 1.</param>
    /// <param name="services">What the handler takes services from; null for none.</param>
    public WebhookContext(TEvent webhookEvent, string idempotencyKey = "test", int attempt = 1, IServiceProvider? services = null)
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

    /// <summary>The event, verified.</summary>
    public TEvent Event { get; }

    /// <summary>
    /// The same text for each attempt to have this event handled by this handler, and for no other: 1 to 255 visible ASCII characters, fit for an idempotency key
    /// (<see cref="WebhookClaimKey.ToString"/>).
    /// </summary>
    public string IdempotencyKey { get; }

    /// <summary>
    /// Which attempt this is, counted in the log: 1 for the first. Attempts that a crash cut short count as well. 0 where the event is handled unclaimed
    /// (<see cref="WebhookReceiverOptions.ProcessWithoutClaim"/>).
    /// </summary>
    public int Attempt { get; }

    /// <summary>The services of this delivery's scope.</summary>
    public IServiceProvider Services { get; }

    /// <summary>
    /// Notes in the handler's own transaction that the event is handled: its effect and the note are committed together or not at all, so the handler runs
    /// effectively once. Call it as the last step before the commit. The log must live in the same database (<see cref="ITransactionalWebhookClaimStore"/>).
    /// </summary>
    /// <param name="transaction">The handler's open transaction.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="WebhookClaimLostException">The claim was lost in the meantime: roll the transaction back, as an exception that leaves it does.</exception>
    /// <exception cref="InvalidOperationException">The receiver's log is none that can join a transaction, or the event is handled unclaimed.</exception>
    public virtual ValueTask CompleteAsync(DbTransaction transaction, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        return _call?.CompleteAsync(transaction, cancellationToken) ?? ValueTask.CompletedTask;
    }
}
