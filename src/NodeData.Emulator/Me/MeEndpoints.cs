using NodeData.Emulator.Keys;
using NodeData.Emulator.Responses;
using NodeData.Emulator.Serving;
using NodeData.Emulator.Storage;

namespace NodeData.Emulator.Me;

/// <summary>The account call (contract, "Scopes"), the smallest call that verifies a key: any valid key may make it.</summary>
internal static class MeEndpoints
{
    public static IEnumerable<Route> Routes => [new("GET", "/me", Get)];

    private static Response Get(Call call, Session session)
    {
        var key = call.Caller.Key;
        var account = new AccountObject
        {
            Id = "usr_emulator",
            Slug = "emulator",
            Name = "Emulator",
            Email = "emulator@example.com",
            CreatedAt = WireTime.Format(AccountRecord.GetCreatedAt(session)),
            Key = new AccountKeyObject(key.Id, key.Mode.ToWireValue(), key.Scopes),
        };
        return Response.FromJson(200, account, MeJson.Default.AccountObject);
    }
}
