using NodeData.Emulator.Responses;
using NodeData.Emulator.Serving;
using NodeData.Emulator.Storage;
using NodeData.Emulator.Webhooks.Delivering;
using NodeData.Sdk;

namespace NodeData.Emulator.Webhooks;

/// <summary>The calls for webhook endpoints (contract, "Webhook endpoints"). A key has access to the endpoints of its mode.</summary>
internal sealed class WebhooksEndpoints(DeliveryRecords deliveries, Action wakeDispatcher)
{
    private const int PageLimit = 100;
    private const int DefaultPageLimit = 25;

    private static readonly Access RequiredAccess = Access.ForScope(ApiKeyScope.WebhooksWrite);

    public IEnumerable<Route> Routes =>
        [
            new("OPTIONS", "/webhook_endpoints", ListEventTypes) { Access = RequiredAccess },
            new("GET", "/webhook_endpoints", List) { Access = RequiredAccess },
            new("POST", "/webhook_endpoints", Create) { Access = RequiredAccess },
            new("GET", "/webhook_endpoints/{id}", Get) { Access = RequiredAccess },
            new("PATCH", "/webhook_endpoints/{id}", Update) { Access = RequiredAccess },
            new("DELETE", "/webhook_endpoints/{id}", Delete) { Access = RequiredAccess },
            new("GET", "/webhook_endpoints/{id}/events", ListDeliveries) { Access = RequiredAccess },
        ];

    private static Response ListEventTypes(Call call, Session session) =>
        Response.FromJson(200, new EventTypesObject(EndpointChange.EventTypes), WebhooksJson.Default.EventTypesObject);

    private static Response List(Call call, Session session) =>
        Response.FromJson(
            200,
            new WebhookEndpointList([
                .. WebhookEndpointRecords.ListNewest(session, call.Caller.Mode).Select(endpoint => endpoint.ToObject()),
            ]),
            WebhooksJson.Default.WebhookEndpointList
        );

    private static Response Create(Call call, Session session)
    {
        var request = EndpointChange.ReadCreation(call.Body);
        var secret = WebhookSecrets.Create(call.Caller.Mode);
        var endpoint = new WebhookEndpointRecord
        {
            Id = Identifier.ForWebhookEndpoint(),
            Mode = call.Caller.Mode,
            Url = request.Url!,
            Events = request.Events!,
            Description = request.Description,
            CreatedAt = call.Now,
        };
        WebhookEndpointRecords.Add(session, endpoint);
        WebhookSecrets.Add(session, endpoint.Id, secret);
        return Response.FromJson(201, endpoint.ToObject(secret), WebhooksJson.Default.WebhookEndpointObject);
    }

    private static Response Get(Call call, Session session) => CreateResponse(Find(call, session));

    private Response Update(Call call, Session session)
    {
        var endpoint = EndpointChange.Read(call.Body).ApplyTo(Find(call, session));
        WebhookEndpointRecords.Update(session, endpoint);
        session.RunAfterCommit(wakeDispatcher);
        return CreateResponse(endpoint);
    }

    private Response Delete(Call call, Session session)
    {
        var endpoint = Find(call, session);
        WebhookEndpointRecords.Remove(session, endpoint);
        WebhookSecrets.Remove(session, endpoint.Id);
        deliveries.FailPending(session, endpoint.Id, "The endpoint was deleted.");
        return Response.FromJson(200, new DeletedObject(true), WebhooksJson.Default.DeletedObject);
    }

    private static Response ListDeliveries(Call call, Session session)
    {
        var limit = call.Query.GetLimit(DefaultPageLimit, PageLimit);
        var found = DeliveryRecords.ListNewest(session, Find(call, session).Id, limit);
        return Response.FromJson(
            200,
            new DeliveryList([.. found.Select(delivery => delivery.ToObject())]),
            DeliveriesJson.Default.DeliveryList
        );
    }

    private static WebhookEndpointRecord Find(Call call, Session session) =>
        WebhookEndpointRecords.FindById(session, call.Caller.Mode, call.RouteValue)
        ?? throw ApiErrorException.NotFound("The webhook endpoint does not exist.");

    private static Response CreateResponse(WebhookEndpointRecord endpoint) =>
        Response.FromJson(200, endpoint.ToObject(), WebhooksJson.Default.WebhookEndpointObject);
}
