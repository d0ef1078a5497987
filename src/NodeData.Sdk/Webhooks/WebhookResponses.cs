namespace NodeData.Sdk.Webhooks;

/// <summary>The wire format of the event types that an endpoint can receive. A response that does not contain them is an error.</summary>
internal sealed class EventTypesResponse
{
    public required List<WebhookEventType> EventTypes { get; set; }
}

/// <summary>The wire format of the confirmation of a deletion. A response that does not contain it is an error.</summary>
internal sealed class DeletedResponse
{
    public required bool Deleted { get; set; }
}
