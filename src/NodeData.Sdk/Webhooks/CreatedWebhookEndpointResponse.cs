using NodeData.Sdk.Credentials;
using NodeData.Sdk.Http;

namespace NodeData.Sdk.Webhooks;

/// <summary>The wire shape of an endpoint that was just made: the only answer with a secret.</summary>
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
                    $"made the endpoint {SecretText.Mask(created.Id)}, but holds no {mode.ToWireValue()} webhook secret. "
                        + "The secret cannot be had again: delete that endpoint"
                );
        };
    }

    private static IReadOnlyList<WebhookEventType> GetDroppedEventTypes(
        IReadOnlyList<WebhookEventType> requested,
        List<WebhookEventType>? accepted
    ) => accepted is null ? [] : [.. requested.Except(accepted)];
}
