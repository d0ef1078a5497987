using System.Text.Json.Serialization;
using NodeData.Sdk.Http.Paging;

namespace NodeData.Sdk.Webhooks;

/// <summary>The wire shapes of the webhook calls, read and written without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true
)]
[JsonSerializable(typeof(CreateWebhookEndpointRequest))]
[JsonSerializable(typeof(ChangeWebhookEndpointRequest))]
[JsonSerializable(typeof(WebhookEndpointAnswer))]
[JsonSerializable(typeof(CreatedWebhookEndpointAnswer))]
[JsonSerializable(typeof(PageAnswer<WebhookEndpointAnswer>))]
[JsonSerializable(typeof(PageAnswer<WebhookDeliveryAnswer>))]
[JsonSerializable(typeof(EventTypesAnswer))]
[JsonSerializable(typeof(DeletedAnswer))]
internal sealed partial class WebhooksJson : JsonSerializerContext;
