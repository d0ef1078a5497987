namespace NodeData.Sdk.Tests.Doubles;

/// <summary>The two ways into each call.</summary>
public enum Door
{
    Sync,
    Async,
}

/// <summary>Calls through either door, so that one test covers both.</summary>
internal static class Doors
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<NodeAccount> GetMe(this NodeClient node, Door door, CancellationToken? token = null) =>
        door is Door.Sync ? node.Me.Get(token ?? Token) : await node.Me.GetAsync(token ?? Token);

    public static async Task<CreatedApiKey> CreateKey(
        this NodeClient node,
        Door door,
        CreateApiKeyOptions key,
        CancellationToken? token = null
    ) => door is Door.Sync ? node.Keys.Create(key, token ?? Token) : await node.Keys.CreateAsync(key, token ?? Token);

    public static async Task<ApiKeyInfo> GetKey(this NodeClient node, Door door, string id) =>
        door is Door.Sync ? node.Keys.Get(id, Token) : await node.Keys.GetAsync(id, Token);

    public static async Task<ApiKeyInfo> RevokeKey(this NodeClient node, Door door, string idOrKey) =>
        door is Door.Sync ? node.Keys.Revoke(idOrKey, Token) : await node.Keys.RevokeAsync(idOrKey, Token);

    public static async Task<ApiKeyInfo> RevokeKey(this NodeClient node, Door door, ApiKey key) =>
        door is Door.Sync ? node.Keys.Revoke(key, Token) : await node.Keys.RevokeAsync(key, Token);

    public static async Task<List<ApiKeyInfo>> ListKeys(this NodeClient node, Door door)
    {
        if (door is Door.Sync)
        {
            return [.. node.Keys.List(Token)];
        }

        var keys = new List<ApiKeyInfo>();
        await foreach (var key in node.Keys.ListAsync(Token))
        {
            keys.Add(key);
        }

        return keys;
    }

    public static async Task<List<NodePage<ApiKeyInfo>>> ListPages(
        this NodeClient node,
        Door door,
        string? cursor = null,
        int? pageSize = null
    )
    {
        if (door is Door.Sync)
        {
            return [.. node.Keys.List(Token).AsPages(cursor, pageSize)];
        }

        var pages = new List<NodePage<ApiKeyInfo>>();
        await foreach (var page in node.Keys.ListAsync(Token).AsPages(cursor, pageSize))
        {
            pages.Add(page);
        }

        return pages;
    }

    public static async Task<NodeResponse> Send(
        this NodeClient node,
        Door door,
        HttpMethod method,
        string path,
        NodeRequestBody? body = null,
        string? idempotencyKey = null
    ) =>
        door is Door.Sync
            ? node.Send(method, path, body, idempotencyKey, Token)
            : await node.SendAsync(method, path, body, idempotencyKey, Token);
}
