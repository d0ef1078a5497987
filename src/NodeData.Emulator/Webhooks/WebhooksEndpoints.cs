using NodeData.Emulator.Answers;
using NodeData.Emulator.Serving;
using NodeData.Emulator.Storage;
using NodeData.Emulator.Webhooks.Delivering;
using NodeData.Sdk;

namespace NodeData.Emulator.Webhooks;

/// <summary>The calls about webhook endpoints (contract, "Webhook endpoints"). Each mode has its own, and a key sees those of its mode.</summary>
internal sealed class WebhooksEndpoints(DeliveryRecords deliveries, Action wake)
{
    private const int PageLimit = 100;
    private const int DefaultPageLimit = 25;

    private static readonly Access Allowed = Access.Of(ApiKeyScope.WebhooksWrite);

    public IEnumerable<Route> Routes =>
        [
            new("OPTIONS", "/webhook_endpoints", EventTypes) { Access = Allowed },
            new("GET", "/webhook_endpoints", List) { Access = Allowed },
            new("POST", "/webhook_endpoints", Create) { Access = Allowed },
            new("GET", "/webhook_endpoints/{id}", Get) { Access = Allowed },
            new("PATCH", "/webhook_endpoints/{id}", Change) { Access = Allowed },
            new("DELETE", "/webhook_endpoints/{id}", Delete) { Access = Allowed },
            new("GET", "/webhook_endpoints/{id}/events", Deliveries) { Access = Allowed },
        ];

    private static Answer EventTypes(Call call, Session session) =>
        Answer.Json(200, new EventTypesObject(EndpointChange.EventTypes), WebhooksJson.Default.EventTypesObject);

    private static Answer List(Call call, Session session) =>
        Answer.Json(
            200,
            new WebhookEndpointList([.. WebhookEndpointRecords.Newest(session, call.Caller.Mode).Select(endpoint => endpoint.ToObject())]),
            WebhooksJson.Default.WebhookEndpointList
        );

    private static Answer Create(Call call, Session session)
    {
        var asked = EndpointChange.ReadCreation(call.Body);
        var secret = WebhookSecrets.Make(call.Caller.Mode);
        var endpoint = new WebhookEndpointRecord
        {
            Id = Identifier.ForWebhookEndpoint(),
            Mode = call.Caller.Mode,
            Url = asked.Url!,
            Events = asked.Events!,
            Description = asked.Description,
            CreatedAt = call.Now,
        };
        WebhookEndpointRecords.Add(session, endpoint);
        WebhookSecrets.Add(session, endpoint.Id, secret);
        return Answer.Json(201, endpoint.ToObject(secret), WebhooksJson.Default.WebhookEndpointObject);
    }

    private static Answer Get(Call call, Session session) => Show(Find(call, session));

    private Answer Change(Call call, Session session)
    {
        var endpoint = EndpointChange.Read(call.Body).ApplyTo(Find(call, session));
        WebhookEndpointRecords.Change(session, endpoint);
        session.OnceCommitted(wake);
        return Show(endpoint);
    }

    private Answer Delete(Call call, Session session)
    {
        var endpoint = Find(call, session);
        WebhookEndpointRecords.Remove(session, endpoint);
        WebhookSecrets.Remove(session, endpoint.Id);
        deliveries.GiveUp(session, endpoint.Id, "The endpoint was deleted.");
        return Answer.Json(200, new DeletedObject(true), WebhooksJson.Default.DeletedObject);
    }

    private static Answer Deliveries(Call call, Session session)
    {
        var limit = call.Query.Limit(DefaultPageLimit, PageLimit);
        var found = DeliveryRecords.Newest(session, Find(call, session).Id, limit);
        return Answer.Json(200, new DeliveryList([.. found.Select(delivery => delivery.ToObject())]), DeliveriesJson.Default.DeliveryList);
    }

    private static WebhookEndpointRecord Find(Call call, Session session) =>
        WebhookEndpointRecords.ById(session, call.Caller.Mode, call.RouteValue)
        ?? throw Refusal.NotFound("There is no such webhook endpoint.");

    private static Answer Show(WebhookEndpointRecord endpoint) =>
        Answer.Json(200, endpoint.ToObject(), WebhooksJson.Default.WebhookEndpointObject);
}
