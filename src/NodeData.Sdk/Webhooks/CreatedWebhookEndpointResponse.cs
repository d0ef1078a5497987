using NodeData.Sdk.Credentials;
using NodeData.Sdk.Http;

namespace NodeData.Sdk.Webhooks;

/// <summary>The wire format of a new endpoint: the only response that contains a secret.</summary>
internal sealed class CreatedWebhookEndpointResponse : WebhookEndpointResponse
{
    public string? Secret { get; set; }

    public static ResponseReader<CreatedWebhookEndpoint> CreateReader(IReadOnlyList<WebhookEventType> requested)
    {
        var read = JsonResponse.CreateReader(WebhooksJson.Default.CreatedWebhookEndpointResponse, response => response);
        return (in response) =>
        {
            var created = read(response);
            var mode = response.Key.Mode;
            return WebhookSecret.TryParse(created.Secret, out var secret) && (secret.Mode ?? mode) == mode
                ? new CreatedWebhookEndpoint(created.ToModel(), secret)
                {
                    DroppedEventTypes = GetDroppedEventTypes(requested, created.Events),
                }
                : throw JsonResponse.CreateFormatException(
                    response,
                    $"describes the new endpoint {SecretText.Mask(created.Id)} but contains no {mode.ToWireValue()} webhook secret. "
                        + "The secret cannot be read again: delete that endpoint"
                );
        };
    }

    private static IReadOnlyList<WebhookEventType> GetDroppedEventTypes(
        IReadOnlyList<WebhookEventType> requested,
        List<WebhookEventType>? accepted
    ) => accepted is null ? [] : [.. requested.Except(accepted)];
}
