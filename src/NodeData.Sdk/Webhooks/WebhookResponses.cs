namespace NodeData.Sdk.Webhooks;

/// <summary>The wire shape of the event types that can be asked for. An answer without them answers nothing.</summary>
internal sealed class EventTypesResponse
{
    public required List<WebhookEventType> EventTypes { get; set; }
}

/// <summary>The wire shape of a confirmation. An answer without it confirms nothing.</summary>
internal sealed class DeletedResponse
{
    public required bool Deleted { get; set; }
}
