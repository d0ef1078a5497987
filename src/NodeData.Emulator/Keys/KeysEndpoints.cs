using NodeData.Emulator.Answers;
using NodeData.Emulator.Serving;
using NodeData.Emulator.Storage;
using NodeData.Sdk;

namespace NodeData.Emulator.Keys;

/// <summary>The key calls (contract, "API keys"). Managing keys needs a key with full access.</summary>
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

    private Answer Create(Call call, Session session)
    {
        var asked = CreationRequest.Read(call.Body, call.Now);
        RequireMode(call, asked.Mode);
        var text = KeyText.Make(asked.Mode);
        var key = new KeyRecord
        {
            Id = Identifier.ForKey(),
            Mode = asked.Mode,
            Name = asked.Name,
            Scopes = asked.Scopes,
            Hint = text.Hint,
            CreatedAt = call.Now,
            ExpiresAt = asked.ExpiresAt,
        };
        keys.Add(session, key, text);
        return Answer.Json(201, key.ToObject(call.Now, text.Reveal()), KeysJson.Default.KeyObject);
    }

    private Answer List(Call call, Session session)
    {
        var limit = call.Query.Limit(DefaultPageLimit, PageLimit);
        var after = call.Query.Cursor(KeyCursor.FromWire) ?? KeyCursor.Start;
        var found = keys.Newest(session, call.Caller.Mode, after, limit + 1);
        var page = found.Take(limit).ToList();
        var hasMore = found.Count > limit;
        var next = hasMore ? new KeyCursor(page[^1].CreatedAt, page[^1].Sequence).ToWire() : null;
        return Answer.Json(200, new KeyPage([.. page.Select(key => key.ToObject(call.Now))], next, hasMore), KeysJson.Default.KeyPage);
    }

    private Answer Get(Call call, Session session) => Show(call, Find(call, session));

    private Answer Delete(Call call, Session session) => Show(call, keys.Revoke(session, Find(call, session), call.Now));

    /// <summary>As delete, by the key itself: a secret stands in a body and never in an address.</summary>
    private Answer Revoke(Call call, Session session)
    {
        using var body = JsonBody.Parse(call.Body);
        if (!ApiKey.TryParse(body.Text("key"), out var text))
        {
            throw Refusal.Invalid("key", "key is no API key: those begin with nd_test_ or nd_live_.");
        }

        RequireMode(call, text.Mode);
        var key = keys.ByText(session, text) ?? throw Refusal.NotFound("There is no such key.");
        return Show(call, keys.Revoke(session, key, call.Now));
    }

    private KeyRecord Find(Call call, Session session) =>
        keys.ById(session, call.Caller.Mode, call.RouteValue) ?? throw Refusal.NotFound("There is no such key.");

    private static Answer Show(Call call, KeyRecord key) => Answer.Json(200, key.ToObject(call.Now), KeysJson.Default.KeyObject);

    private static void RequireMode(Call call, KeyMode mode)
    {
        if (mode != call.Caller.Mode)
        {
            throw Refusal.ModeMismatch($"A {call.Caller.Mode.ToWord()} key cannot manage {mode.ToWord()} keys: use a {mode.ToWord()} key.");
        }
    }
}
