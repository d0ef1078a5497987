namespace NodeData.Sdk.Webhooks;

/// <summary>Handles events of one type. The receiver resolves the handler from the container, in a new scope for each invocation.</summary>
/// <typeparam name="TEvent">The event's class; <see cref="WebhookEvent"/> for every type.</typeparam>
public interface IWebhookHandler<TEvent>
    where TEvent : WebhookEvent
{
    /// <summary>
    /// Handles one event. If the task completes successfully, the claim on the event is completed; if it fails, the response is not 200, so that the service
    /// retries the delivery. The handler may run again for the same event after a crash or a lost claim: make its effect idempotent with
    /// <see cref="WebhookContext{TEvent}.IdempotencyKey"/>, or complete the claim within its transaction (<see cref="WebhookContext{TEvent}.CompleteAsync"/>).
    /// </summary>
    /// <param name="context">The event, the idempotency key and the number of the claim attempt.</param>
    /// <param name="cancellationToken">Canceled when the request times out or the claim is lost.</param>
    /// <returns>A task that completes when the event is handled.</returns>
    Task HandleAsync(WebhookContext<TEvent> context, CancellationToken cancellationToken);
}
