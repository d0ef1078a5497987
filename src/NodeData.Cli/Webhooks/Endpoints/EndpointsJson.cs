using System.Text.Json.Serialization;
using NodeData.Cli.Output;
using NodeData.Sdk.Webhooks;

namespace NodeData.Cli.Webhooks.Endpoints;

/// <summary>An endpoint in JSON: the names are the service's; no events mean all of them.</summary>
internal record EndpointShape(
    string Id,
    string? Url,
    IReadOnlyList<string>? Events,
    string? Description,
    bool? Enabled,
    DateTimeOffset? CreatedAt
)
{
    public static EndpointShape From(WebhookEndpoint endpoint) =>
        new(
            endpoint.Id,
            endpoint.Url?.OriginalString,
            endpoint.Events?.Select(type => type.Value).ToList(),
            endpoint.Description,
            endpoint.IsEnabled,
            endpoint.CreatedAt
        );
}

/// <summary>A new or a changed endpoint in JSON, with the event types that were asked for and dropped, and the secret where it is to be printed.</summary>
internal sealed record ChangedEndpointShape(
    EndpointShape Endpoint,
    IReadOnlyList<string> DroppedEventTypes,
    string? Secret,
    IReadOnlyList<string>? SecretSinks
);

/// <summary>A delivery in JSON: the names are the service's.</summary>
internal sealed record DeliveryShape(
    string Id,
    string? EventId,
    string? EventType,
    string? Status,
    int? Attempts,
    int? LastStatus,
    string? LastError,
    DateTimeOffset? NextAttemptAt,
    DateTimeOffset? SucceededAt,
    DateTimeOffset? CreatedAt
)
{
    public static DeliveryShape From(WebhookDelivery delivery) =>
        new(
            delivery.Id,
            delivery.EventId,
            delivery.EventType?.Value,
            delivery.Status?.Value,
            delivery.Attempts,
            delivery.LastStatus,
            delivery.LastError,
            delivery.NextAttemptAt,
            delivery.SucceededAt,
            delivery.CreatedAt
        );
}

/// <summary>What <c>webhooks delete --json</c> prints.</summary>
internal sealed record DeletedShape(string Id, bool Deleted);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(EndpointShape))]
[JsonSerializable(typeof(IReadOnlyList<EndpointShape>))]
[JsonSerializable(typeof(ChangedEndpointShape))]
[JsonSerializable(typeof(IReadOnlyList<DeliveryShape>))]
[JsonSerializable(typeof(DeletedShape))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
internal sealed partial class EndpointsJson : JsonSerializerContext
{
    public static EndpointsJson Indented { get; } = new(JsonOutput.CreateOptions());
}
