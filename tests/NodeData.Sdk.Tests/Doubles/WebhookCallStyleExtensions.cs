using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Tests.Doubles;

/// <summary>Calls the sync or the async webhook methods.</summary>
internal static class WebhookCallStyleExtensions
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<CreatedWebhookEndpoint> CreateEndpoint(
        this NodeClient node,
        CallStyle callStyle,
        CreateWebhookEndpointOptions options
    ) => callStyle is CallStyle.Sync ? node.Webhooks.Create(options, Token) : await node.Webhooks.CreateAsync(options, Token);

    public static async Task<WebhookEndpoint> GetEndpoint(this NodeClient node, CallStyle callStyle, string id) =>
        callStyle is CallStyle.Sync ? node.Webhooks.Get(id, Token) : await node.Webhooks.GetAsync(id, Token);

    public static async Task<WebhookEndpoint> UpdateEndpoint(
        this NodeClient node,
        CallStyle callStyle,
        string id,
        UpdateWebhookEndpointOptions options
    ) => callStyle is CallStyle.Sync ? node.Webhooks.Update(id, options, Token) : await node.Webhooks.UpdateAsync(id, options, Token);

    public static async Task DeleteEndpoint(this NodeClient node, CallStyle callStyle, string id)
    {
        if (callStyle is CallStyle.Sync)
        {
            node.Webhooks.Delete(id, Token);
        }
        else
        {
            await node.Webhooks.DeleteAsync(id, Token);
        }
    }

    public static async Task<IReadOnlyList<WebhookDelivery>> GetDeliveries(
        this NodeClient node,
        CallStyle callStyle,
        string id,
        int? limit = null
    ) =>
        callStyle is CallStyle.Sync
            ? node.Webhooks.ListDeliveries(id, limit, Token)
            : await node.Webhooks.ListDeliveriesAsync(id, limit, Token);

    public static async Task<IReadOnlyList<WebhookEventType>> GetEventTypes(this NodeClient node, CallStyle callStyle) =>
        callStyle is CallStyle.Sync ? node.Webhooks.ListEventTypes(Token) : await node.Webhooks.ListEventTypesAsync(Token);

    public static async Task<List<WebhookEndpoint>> ListEndpoints(this NodeClient node, CallStyle callStyle)
    {
        if (callStyle is CallStyle.Sync)
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
