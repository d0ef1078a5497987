using NodeData.Emulator.Responses;
using NodeData.Emulator.Serving;
using NodeData.Emulator.Storage;
using NodeData.Sdk;

namespace NodeData.Emulator.Keys;

/// <summary>The key calls (contract, "API keys"). They require a key with full access.</summary>
internal sealed class KeysEndpoints(KeyRecords keys)
{
    private const int PageLimit = 100;
    private const int DefaultPageLimit = 25;

    public IEnumerable<Route> Routes =>
        [
            new("POST", "/keys", Create) { Access = Access.FullAccess },
            new("GET", "/keys", List) { Access = Access.FullAccess },
            new("GET", "/keys/{id}", Get) { Access = Access.FullAccess },
            new("DELETE", "/keys/{id}", Delete) { Access = Access.FullAccess },
            new("POST", "/keys/revoke", Revoke) { Access = Access.FullAccess },
        ];

    private Response Create(Call call, Session session)
    {
        var request = CreateKeyRequest.Read(call.Body, call.Now);
        RequireMode(call, request.Mode);
        var text = KeyText.Create(request.Mode);
        var key = new KeyRecord
        {
            Id = Identifier.ForKey(),
            Mode = request.Mode,
            Name = request.Name,
            Scopes = request.Scopes,
            Hint = text.Hint,
            CreatedAt = call.Now,
            ExpiresAt = request.ExpiresAt,
        };
        keys.Add(session, key, text);
        return Response.FromJson(201, key.ToObject(call.Now, text.Reveal()), KeysJson.Default.KeyObject);
    }

    private Response List(Call call, Session session)
    {
        var limit = call.Query.GetLimit(DefaultPageLimit, PageLimit);
        var after = call.Query.GetCursor(KeyCursor.TryDecode) ?? KeyCursor.Start;
        var found = keys.ListNewest(session, call.Caller.Mode, after, limit + 1);
        var page = found.Take(limit).ToList();
        var hasMore = found.Count > limit;
        var next = hasMore ? new KeyCursor(page[^1].CreatedAt, page[^1].Sequence).Encode() : null;
        return Response.FromJson(
            200,
            new KeyPage([.. page.Select(key => key.ToObject(call.Now))], next, hasMore),
            KeysJson.Default.KeyPage
        );
    }

    private Response Get(Call call, Session session) => CreateResponse(call, Find(call, session));

    private Response Delete(Call call, Session session) => CreateResponse(call, keys.Revoke(session, Find(call, session), call.Now));

    /// <summary>Revokes a key by its text, which is passed in the body, because a URL must not contain a secret.</summary>
    private Response Revoke(Call call, Session session)
    {
        using var body = JsonBody.Parse(call.Body);
        if (!ApiKey.TryParse(body.GetString("key"), out var text))
        {
            throw ApiErrorException.Invalid("key", "key is not an API key. API keys begin with nd_test_ or nd_live_.");
        }

        RequireMode(call, text.Mode);
        var key = keys.FindByText(session, text) ?? throw ApiErrorException.NotFound("The key does not exist.");
        return CreateResponse(call, keys.Revoke(session, key, call.Now));
    }

    private KeyRecord Find(Call call, Session session) =>
        keys.FindById(session, call.Caller.Mode, call.RouteValue) ?? throw ApiErrorException.NotFound("The key does not exist.");

    private static Response CreateResponse(Call call, KeyRecord key) =>
        Response.FromJson(200, key.ToObject(call.Now), KeysJson.Default.KeyObject);

    private static void RequireMode(Call call, KeyMode mode)
    {
        if (mode != call.Caller.Mode)
        {
            throw ApiErrorException.ModeMismatch(
                $"A {call.Caller.Mode.ToWireValue()} key cannot manage {mode.ToWireValue()} keys. Use a {mode.ToWireValue()} key."
            );
        }
    }
}
