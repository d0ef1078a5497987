using NodeData.Sdk.Http;
using NodeData.Sdk.Http.Paging;

namespace NodeData.Sdk.Keys;

/// <summary>The key calls, as data: what goes over the wire (contract, "API keys").</summary>
internal static class KeysEndpoints
{
    private const string OneKey = "keys/{id}";

    private static readonly AnswerReader<ApiKeyInfo> Info = JsonAnswer.Of(KeysJson.Default.ApiKeyAnswer, answer => answer.ToModel());

    private static readonly AnswerReader<NodePage<ApiKeyInfo>> Infos = PageAnswer.Of(
        KeysJson.Default.PageAnswerApiKeyAnswer,
        answer => answer.ToModel()
    );

    public static Endpoint<CreatedApiKey> Create(CreateApiKeyOptions key, KeyMode clientMode, DateTimeOffset now)
    {
        var mode = key.Mode ?? clientMode;
        var request = CreateKeyRequest.From(key, mode, key.ExpiryAsOf(now));
        return Endpoint.Post("keys", request, KeysJson.Default.CreateKeyRequest, IssuedKeyAnswer.Reader(mode)) with
        {
            RequiredMode = mode,
            IdempotencyKey = key.IdempotencyKey,
        };
    }

    public static Endpoint<ApiKeyInfo> Get(string id) => Endpoint.Get($"keys/{PathSegment.Id(id)}", Info, OneKey);

    public static Endpoint<NodePage<ApiKeyInfo>> List(string? cursor, int limit) =>
        Endpoint.Get(cursor is null ? $"keys?limit={limit}" : $"keys?limit={limit}&cursor={Uri.EscapeDataString(cursor)}", Infos);

    public static Endpoint<ApiKeyInfo> Revoke(string idOrKey) =>
        ApiKey.TryParse(idOrKey, out var key) ? Revoke(key) : Endpoint.Delete($"keys/{PathSegment.Id(idOrKey)}", Info, OneKey);

    // A secret never stands in an address, so the service has a call that takes it in the body.
    public static Endpoint<ApiKeyInfo> Revoke(ApiKey key) =>
        Endpoint.Post("keys/revoke", new RevokeKeyRequest(key.Reveal()), KeysJson.Default.RevokeKeyRequest, Info) with
        {
            RequiredMode = key.Mode,
        };
}
