using NodeData.Sdk.Credentials;
using NodeData.Sdk.Http;

namespace NodeData.Sdk.Webhooks;

/// <summary>The wire shape of an endpoint that was just made: the only answer with a secret.</summary>
internal sealed class CreatedWebhookEndpointAnswer : WebhookEndpointAnswer
{
    public string? Secret { get; set; }

    public static AnswerReader<CreatedWebhookEndpoint> Reader(IReadOnlyList<WebhookEventType> requested)
    {
        var read = JsonAnswer.Of(WebhooksJson.Default.CreatedWebhookEndpointAnswer, answer => answer);
        return (in answer) =>
        {
            var created = read(answer);
            var mode = answer.Key.Mode;
            return WebhookSecret.TryParse(created.Secret, out var secret) && (secret.Mode ?? mode) == mode
                ? new CreatedWebhookEndpoint(created.ToModel(), secret) { DroppedEventTypes = DroppedOf(requested, created.Events) }
                : throw JsonAnswer.Unreadable(
                    answer,
                    $"made the endpoint {SecretText.Mask(created.Id)}, but holds no {mode.ToWord()} webhook secret. "
                        + "The secret cannot be had again: delete that endpoint"
                );
        };
    }

    private static IReadOnlyList<WebhookEventType> DroppedOf(IReadOnlyList<WebhookEventType> requested, List<WebhookEventType>? taken) =>
        taken is null ? [] : [.. requested.Except(taken)];
}
