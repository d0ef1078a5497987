using System.Text.Json.Serialization;

namespace NodeData.Sdk.Webhooks;

/// <summary>The body of the call that makes an endpoint.</summary>
internal sealed record CreateWebhookEndpointRequest(
    [property: JsonPropertyOrder(0)] string Url,
    [property: JsonPropertyOrder(1)] IReadOnlyList<WebhookEventType> Events,
    [property: JsonPropertyOrder(2)] string? Description
)
{
    public static CreateWebhookEndpointRequest From(CreateWebhookEndpointOptions options) =>
        new(options.Url.AbsoluteUri, options.Events, options.Description);
}

/// <summary>The body of the call that changes an endpoint: what stays is no member.</summary>
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
