namespace NodeData.Sdk.Tests.Doubles;

/// <summary>The two methods of each call: sync and async.</summary>
public enum CallStyle
{
    Sync,
    Async,
}

/// <summary>Calls the sync or the async method, so that one test covers both.</summary>
internal static class CallStyleExtensions
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<NodeAccount> GetMe(this NodeClient node, CallStyle callStyle, CancellationToken? token = null) =>
        callStyle is CallStyle.Sync ? node.Me.Get(token ?? Token) : await node.Me.GetAsync(token ?? Token);

    public static async Task<CreatedApiKey> CreateKey(
        this NodeClient node,
        CallStyle callStyle,
        CreateApiKeyOptions options,
        CancellationToken? token = null
    ) => callStyle is CallStyle.Sync ? node.Keys.Create(options, token ?? Token) : await node.Keys.CreateAsync(options, token ?? Token);

    public static async Task<ApiKeyInfo> GetKey(this NodeClient node, CallStyle callStyle, string id) =>
        callStyle is CallStyle.Sync ? node.Keys.Get(id, Token) : await node.Keys.GetAsync(id, Token);

    public static async Task<ApiKeyInfo> RevokeKey(this NodeClient node, CallStyle callStyle, string idOrKey) =>
        callStyle is CallStyle.Sync ? node.Keys.Revoke(idOrKey, Token) : await node.Keys.RevokeAsync(idOrKey, Token);

    public static async Task<ApiKeyInfo> RevokeKey(this NodeClient node, CallStyle callStyle, ApiKey key) =>
        callStyle is CallStyle.Sync ? node.Keys.Revoke(key, Token) : await node.Keys.RevokeAsync(key, Token);

    public static async Task<List<ApiKeyInfo>> ListKeys(this NodeClient node, CallStyle callStyle)
    {
        if (callStyle is CallStyle.Sync)
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
        CallStyle callStyle,
        string? cursor = null,
        int? pageSize = null
    )
    {
        if (callStyle is CallStyle.Sync)
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
        CallStyle callStyle,
        HttpMethod method,
        string path,
        NodeRequestBody? body = null,
        string? idempotencyKey = null
    ) =>
        callStyle is CallStyle.Sync
            ? node.Send(method, path, body, idempotencyKey, Token)
            : await node.SendAsync(method, path, body, idempotencyKey, Token);
}
