using System.Text.Json.Serialization;

namespace NodeData.Sdk.Webhooks;

/// <summary>The body of a request that creates an endpoint.</summary>
internal sealed record CreateWebhookEndpointRequest(
    [property: JsonPropertyOrder(0)] string Url,
    [property: JsonPropertyOrder(1)] IReadOnlyList<WebhookEventType> Events,
    [property: JsonPropertyOrder(2)] string? Description
)
{
    public static CreateWebhookEndpointRequest From(CreateWebhookEndpointOptions options) =>
        new(options.Url.AbsoluteUri, options.Events, options.Description);
}

/// <summary>The body of a request that updates an endpoint. Members that remain unchanged are omitted.</summary>
internal sealed record UpdateWebhookEndpointRequest(
    [property: JsonPropertyOrder(0)] string? Url,
    [property: JsonPropertyOrder(1)] IReadOnlyList<WebhookEventType>? Events,
    [property: JsonPropertyOrder(2)] string? Description,
    [property: JsonPropertyOrder(3)] bool? Enabled
)
{
    public static UpdateWebhookEndpointRequest From(UpdateWebhookEndpointOptions options) =>
        new(options.Url?.AbsoluteUri, options.Events, options.Description, options.IsEnabled);
}
