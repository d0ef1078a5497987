namespace NodeData.Sdk.Webhooks.Receiving.Handlers;

/// <summary>A handler and what it is for.</summary>
/// <param name="Name">The handler's name, a part of what is claimed.</param>
/// <param name="Type">The events it is for; null for any.</param>
/// <param name="ServiceType">The class that the container must have; null for a lambda.</param>
/// <param name="HandleAsync">Runs it.</param>
internal sealed record HandlerRegistration(
    string Name,
    WebhookEventType? Type,
    Type? ServiceType,
    Func<HandlerCall, CancellationToken, Task> HandleAsync
)
{
    public bool IsFor(WebhookEventType type) => Type is not { } handledType || handledType == type;
}
