using System.Text.Json.Serialization;

namespace NodeData.Emulator.Webhooks;

/// <summary>An endpoint on the wire (contract, "Webhook endpoints"). The secret is in the response to its creation only.</summary>
internal sealed record WebhookEndpointObject
{
    public required string Id { get; init; }

    public required string Url { get; init; }

    public required IReadOnlyList<string> Events { get; init; }

    public string? Description { get; init; }

    public required bool Enabled { get; init; }

    public required string CreatedAt { get; init; }

    public string? Secret { get; init; }
}

internal sealed record WebhookEndpointList(IReadOnlyList<WebhookEndpointObject> Items);

internal sealed record EventTypesObject(IReadOnlyList<string> EventTypes);

internal sealed record DeletedObject(bool Deleted);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(WebhookEndpointObject))]
[JsonSerializable(typeof(WebhookEndpointList))]
[JsonSerializable(typeof(EventTypesObject))]
[JsonSerializable(typeof(DeletedObject))]
internal sealed partial class WebhooksJson : JsonSerializerContext;
