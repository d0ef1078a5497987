using System.Text.Json.Serialization;
using NodeData.Sdk.Http.Paging;

namespace NodeData.Sdk.Webhooks;

/// <summary>The JSON metadata of the wire formats of the webhook calls, for serialization without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true
)]
[JsonSerializable(typeof(CreateWebhookEndpointRequest))]
[JsonSerializable(typeof(UpdateWebhookEndpointRequest))]
[JsonSerializable(typeof(WebhookEndpointResponse))]
[JsonSerializable(typeof(CreatedWebhookEndpointResponse))]
[JsonSerializable(typeof(PageResponse<WebhookEndpointResponse>))]
[JsonSerializable(typeof(PageResponse<WebhookDeliveryResponse>))]
[JsonSerializable(typeof(EventTypesResponse))]
[JsonSerializable(typeof(DeletedResponse))]
internal sealed partial class WebhooksJson : JsonSerializerContext;
