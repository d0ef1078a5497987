using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Tests.Doubles;

/// <summary>The webhook calls through either door.</summary>
internal static class WebhookDoors
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<CreatedWebhookEndpoint> CreateEndpoint(
        this NodeClient node,
        Door door,
        CreateWebhookEndpointOptions endpoint
    ) => door is Door.Sync ? node.Webhooks.Create(endpoint, Token) : await node.Webhooks.CreateAsync(endpoint, Token);

    public static async Task<WebhookEndpoint> GetEndpoint(this NodeClient node, Door door, string id) =>
        door is Door.Sync ? node.Webhooks.Get(id, Token) : await node.Webhooks.GetAsync(id, Token);

    public static async Task<WebhookEndpoint> UpdateEndpoint(
        this NodeClient node,
        Door door,
        string id,
        UpdateWebhookEndpointOptions change
    ) => door is Door.Sync ? node.Webhooks.Update(id, change, Token) : await node.Webhooks.UpdateAsync(id, change, Token);

    public static async Task DeleteEndpoint(this NodeClient node, Door door, string id)
    {
        if (door is Door.Sync)
        {
            node.Webhooks.Delete(id, Token);
        }
        else
        {
            await node.Webhooks.DeleteAsync(id, Token);
        }
    }

    public static async Task<IReadOnlyList<WebhookDelivery>> GetDeliveries(this NodeClient node, Door door, string id, int? limit = null) =>
        door is Door.Sync ? node.Webhooks.ListDeliveries(id, limit, Token) : await node.Webhooks.ListDeliveriesAsync(id, limit, Token);

    public static async Task<IReadOnlyList<WebhookEventType>> GetEventTypes(this NodeClient node, Door door) =>
        door is Door.Sync ? node.Webhooks.ListEventTypes(Token) : await node.Webhooks.ListEventTypesAsync(Token);

    public static async Task<List<WebhookEndpoint>> ListEndpoints(this NodeClient node, Door door)
    {
        if (door is Door.Sync)
        {
            return [.. node.Webhooks.List(Token)];
        }

        var endpoints = new List<WebhookEndpoint>();
        await foreach (var endpoint in node.Webhooks.ListAsync(Token))
        {
            endpoints.Add(endpoint);
        }

        return endpoints;
    }
}
