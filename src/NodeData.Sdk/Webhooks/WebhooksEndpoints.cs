using System.Globalization;
using NodeData.Sdk.Http;
using NodeData.Sdk.Http.Paging;

namespace NodeData.Sdk.Webhooks;

/// <summary>Defines the HTTP requests of the webhook calls and how their responses are read (contract, "Webhook endpoints").</summary>
internal static class WebhooksEndpoints
{
    private const string Root = "webhook_endpoints";
    private const string EndpointTemplate = $"{Root}/{{id}}";
    private const int MaxDeliveries = 100;

    private static readonly ResponseReader<WebhookEndpoint> EndpointReader = JsonResponse.CreateReader(
        WebhooksJson.Default.WebhookEndpointResponse,
        response => response.ToModel()
    );

    private static readonly ResponseReader<NodePage<WebhookEndpoint>> EndpointPageReader = PageResponse.CreateReader(
        WebhooksJson.Default.PageResponseWebhookEndpointResponse,
        response => response.ToModel()
    );

    private static readonly ResponseReader<IReadOnlyList<WebhookDelivery>> DeliveriesReader = JsonResponse.CreateReader(
        WebhooksJson.Default.PageResponseWebhookDeliveryResponse,
        page => (IReadOnlyList<WebhookDelivery>)[.. page.Items?.Select(response => response.ToModel()) ?? []]
    );

    public static Endpoint<IReadOnlyList<WebhookEventType>> ListEventTypes { get; } =
        Endpoint.Options(
            Root,
            JsonResponse.CreateReader(
                WebhooksJson.Default.EventTypesResponse,
                response => (IReadOnlyList<WebhookEventType>)response.EventTypes.AsReadOnly()
            )
        );

    // The service returns all endpoints in one response, without a limit or a cursor. If it returns pages in the future, they are followed.
    public static Endpoint<NodePage<WebhookEndpoint>> List(string? cursor, int limit)
    {
        string?[] query =
        [
            limit == PageSize.Max ? null : string.Create(CultureInfo.InvariantCulture, $"limit={limit}"),
            cursor is null ? null : $"cursor={Uri.EscapeDataString(cursor)}",
        ];
        var queryString = string.Join('&', query.Where(part => part is not null));
        return Endpoint.Get(queryString.Length == 0 ? Root : $"{Root}?{queryString}", EndpointPageReader);
    }

    public static Endpoint<CreatedWebhookEndpoint> Create(CreateWebhookEndpointOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Endpoint.Post(
            Root,
            CreateWebhookEndpointRequest.From(options),
            WebhooksJson.Default.CreateWebhookEndpointRequest,
            CreatedWebhookEndpointResponse.CreateReader(options.Events)
        ) with
        {
            IdempotencyKey = options.IdempotencyKey,
        };
    }

    public static Endpoint<WebhookEndpoint> Get(string id) => Endpoint.Get(GetPath(id), EndpointReader, EndpointTemplate);

    public static Endpoint<WebhookEndpoint> Update(string id, UpdateWebhookEndpointOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var request = UpdateWebhookEndpointRequest.From(options);
        return request == new UpdateWebhookEndpointRequest(null, null, null, null)
            ? throw new ArgumentException("The options change nothing. Set at least one member.", nameof(options))
            : Endpoint.Patch(GetPath(id), request, WebhooksJson.Default.UpdateWebhookEndpointRequest, EndpointReader, EndpointTemplate);
    }

    public static Endpoint<bool> Delete(string id) =>
        Endpoint.Delete(GetPath(id), ReadDeleted, EndpointTemplate) with
        {
            AllowNotFoundOnRetry = true,
        };

    public static Endpoint<IReadOnlyList<WebhookDelivery>> ListDeliveries(string id, int? limit)
    {
        if (limit is not { } count)
        {
            return Endpoint.Get($"{GetPath(id)}/events", DeliveriesReader, $"{EndpointTemplate}/events");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1, nameof(limit));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MaxDeliveries, nameof(limit));
        return Endpoint.Get(
            string.Create(CultureInfo.InvariantCulture, $"{GetPath(id)}/events?limit={count}"),
            DeliveriesReader,
            $"{EndpointTemplate}/events"
        );
    }

    private static string GetPath(string id) => $"{Root}/{PathSegment.EncodeId(id)}";

    private static bool ReadDeleted(in ResponseContext response) =>
        JsonResponse.CreateReader(WebhooksJson.Default.DeletedResponse, deleted => deleted.Deleted)(response)
            ? true
            : throw JsonResponse.CreateFormatException(response, "states that the endpoint was not deleted");
}
