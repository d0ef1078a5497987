namespace NodeData.Sdk.Webhooks;

/// <summary>Handles events of one type. The receiver takes it from the container, in a scope of its own for each delivery.</summary>
/// <typeparam name="TEvent">The event's class; <see cref="WebhookEvent"/> for any.</typeparam>
public interface IWebhookHandler<TEvent>
    where TEvent : WebhookEvent
{
    /// <summary>
    /// Handles one event. Where it returns, the event counts as handled; where it throws, the service delivers it again. It may run again for the same event
    /// after a crash or a lost claim: make its effect idempotent by <see cref="WebhookContext{TEvent}.IdempotencyKey"/>, or complete within its transaction.
    /// </summary>
    /// <param name="context">The event, and which attempt it is.</param>
    /// <param name="cancellationToken">Cancelled when the time for the delivery is over, or the claim was lost.</param>
    Task HandleAsync(WebhookContext<TEvent> context, CancellationToken cancellationToken);
}
