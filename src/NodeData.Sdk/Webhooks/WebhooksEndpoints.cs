using System.Globalization;
using NodeData.Sdk.Http;
using NodeData.Sdk.Http.Paging;

namespace NodeData.Sdk.Webhooks;

/// <summary>The webhook calls, as data: what goes over the wire (contract, "Webhook endpoints").</summary>
internal static class WebhooksEndpoints
{
    private const string Root = "webhook_endpoints";
    private const string OneEndpoint = $"{Root}/{{id}}";
    private const int MostDeliveries = 100;

    private static readonly AnswerReader<WebhookEndpoint> Model = JsonAnswer.Of(
        WebhooksJson.Default.WebhookEndpointAnswer,
        answer => answer.ToModel()
    );

    private static readonly AnswerReader<NodePage<WebhookEndpoint>> Models = PageAnswer.Of(
        WebhooksJson.Default.PageAnswerWebhookEndpointAnswer,
        answer => answer.ToModel()
    );

    private static readonly AnswerReader<IReadOnlyList<WebhookDelivery>> DeliveryModels = JsonAnswer.Of(
        WebhooksJson.Default.PageAnswerWebhookDeliveryAnswer,
        page => (IReadOnlyList<WebhookDelivery>)[.. page.Items?.Select(answer => answer.ToModel()) ?? []]
    );

    public static Endpoint<IReadOnlyList<WebhookEventType>> EventTypes { get; } =
        Endpoint.Options(
            Root,
            JsonAnswer.Of(WebhooksJson.Default.EventTypesAnswer, answer => (IReadOnlyList<WebhookEventType>)answer.EventTypes.AsReadOnly())
        );

    // The service gives all of them at once and knows no limit and no cursor here; should it come to give pages, they are followed.
    public static Endpoint<NodePage<WebhookEndpoint>> List(string? cursor, int limit)
    {
        string?[] query =
        [
            limit == PageSize.Largest ? null : string.Create(CultureInfo.InvariantCulture, $"limit={limit}"),
            cursor is null ? null : $"cursor={Uri.EscapeDataString(cursor)}",
        ];
        var asked = string.Join('&', query.Where(part => part is not null));
        return Endpoint.Get(asked.Length == 0 ? Root : $"{Root}?{asked}", Models);
    }

    public static Endpoint<CreatedWebhookEndpoint> Create(CreateWebhookEndpointOptions endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return Endpoint.Post(
            Root,
            CreateWebhookEndpointRequest.From(endpoint),
            WebhooksJson.Default.CreateWebhookEndpointRequest,
            CreatedWebhookEndpointAnswer.Reader(endpoint.Events)
        ) with
        {
            IdempotencyKey = endpoint.IdempotencyKey,
        };
    }

    public static Endpoint<WebhookEndpoint> Get(string id) => Endpoint.Get(Of(id), Model, OneEndpoint);

    public static Endpoint<WebhookEndpoint> Update(string id, UpdateWebhookEndpointOptions change)
    {
        ArgumentNullException.ThrowIfNull(change);
        var request = ChangeWebhookEndpointRequest.From(change);
        return request == new ChangeWebhookEndpointRequest(null, null, null, null)
            ? throw new ArgumentException("Nothing is to change: set at least one member of the change.", nameof(change))
            : Endpoint.Patch(Of(id), request, WebhooksJson.Default.ChangeWebhookEndpointRequest, Model, OneEndpoint);
    }

    public static Endpoint<bool> Delete(string id) => Endpoint.Delete(Of(id), ReadDeleted, OneEndpoint) with { IsDoneWhenGone = true };

    public static Endpoint<IReadOnlyList<WebhookDelivery>> Deliveries(string id, int? limit)
    {
        if (limit is not { } most)
        {
            return Endpoint.Get($"{Of(id)}/events", DeliveryModels, $"{OneEndpoint}/events");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1, nameof(limit));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(most, MostDeliveries, nameof(limit));
        return Endpoint.Get(
            string.Create(CultureInfo.InvariantCulture, $"{Of(id)}/events?limit={most}"),
            DeliveryModels,
            $"{OneEndpoint}/events"
        );
    }

    private static string Of(string id) => $"{Root}/{PathSegment.Id(id)}";

    private static bool ReadDeleted(in Answer answer) =>
        JsonAnswer.Of(WebhooksJson.Default.DeletedAnswer, deleted => deleted.Deleted)(answer)
            ? true
            : throw JsonAnswer.Unreadable(answer, "says that the endpoint was not deleted");
}
