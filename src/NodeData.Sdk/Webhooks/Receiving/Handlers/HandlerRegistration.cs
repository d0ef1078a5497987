namespace NodeData.Sdk.Webhooks.Receiving.Handlers;

/// <summary>A registered handler and the event type that it handles.</summary>
/// <param name="Name">The handler's name, which is part of the claim key.</param>
/// <param name="Type">The event type; null for every type.</param>
/// <param name="ServiceType">The class that is resolved from the container; null for a delegate.</param>
/// <param name="HandleAsync">Runs the handler.</param>
internal sealed record HandlerRegistration(
    string Name,
    WebhookEventType? Type,
    Type? ServiceType,
    Func<HandlerContext, CancellationToken, Task> HandleAsync
)
{
    public bool CanHandle(WebhookEventType type) => Type is not { } handledType || handledType == type;
}
