using System.Text.Json.Serialization;
using NodeData.Cli.Output;
using NodeData.Sdk.Webhooks;

namespace NodeData.Cli.Webhooks.Endpoints;

/// <summary>An endpoint in JSON, with the service's member names. An empty event list means all types.</summary>
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

/// <summary>A created or updated endpoint in JSON, with the requested event types that were dropped, and the secret if it is printed.</summary>
internal sealed record ChangedEndpointShape(
    EndpointShape Endpoint,
    IReadOnlyList<string> DroppedEventTypes,
    string? Secret,
    IReadOnlyList<string>? SecretSinks
);

/// <summary>A delivery in JSON, with the service's member names.</summary>
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

/// <summary>The output of <c>webhooks delete --json</c>.</summary>
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
