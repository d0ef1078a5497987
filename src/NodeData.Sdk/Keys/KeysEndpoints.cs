using NodeData.Sdk.Http;
using NodeData.Sdk.Http.Paging;

namespace NodeData.Sdk.Keys;

/// <summary>The calls of the API for keys, as data (contract, "API keys").</summary>
internal static class KeysEndpoints
{
    private const string KeyTemplate = "keys/{id}";

    private static readonly ResponseReader<ApiKeyInfo> Info = JsonResponse.CreateReader(
        KeysJson.Default.ApiKeyResponse,
        response => response.ToModel()
    );

    private static readonly ResponseReader<NodePage<ApiKeyInfo>> InfoPage = PageResponse.CreateReader(
        KeysJson.Default.PageResponseApiKeyResponse,
        response => response.ToModel()
    );

    public static Endpoint<CreatedApiKey> Create(CreateApiKeyOptions options, KeyMode clientMode, DateTimeOffset now)
    {
        var mode = options.Mode ?? clientMode;
        var request = CreateKeyRequest.From(options, mode, options.GetExpiration(now));
        return Endpoint.Post("keys", request, KeysJson.Default.CreateKeyRequest, CreatedApiKeyResponse.CreateReader(mode)) with
        {
            RequiredMode = mode,
            IdempotencyKey = options.IdempotencyKey,
        };
    }

    public static Endpoint<ApiKeyInfo> Get(string id) => Endpoint.Get($"keys/{PathSegment.EncodeId(id)}", Info, KeyTemplate);

    public static Endpoint<NodePage<ApiKeyInfo>> List(string? cursor, int limit) =>
        Endpoint.Get(cursor is null ? $"keys?limit={limit}" : $"keys?limit={limit}&cursor={Uri.EscapeDataString(cursor)}", InfoPage);

    public static Endpoint<ApiKeyInfo> Revoke(string idOrKey) =>
        ApiKey.TryParse(idOrKey, out var key) ? Revoke(key) : Endpoint.Delete($"keys/{PathSegment.EncodeId(idOrKey)}", Info, KeyTemplate);

    // A URL must not contain a secret, so the service has a call that takes the key in the body.
    public static Endpoint<ApiKeyInfo> Revoke(ApiKey key) =>
        Endpoint.Post("keys/revoke", new RevokeKeyRequest(key.Reveal()), KeysJson.Default.RevokeKeyRequest, Info) with
        {
            RequiredMode = key.Mode,
        };
}
