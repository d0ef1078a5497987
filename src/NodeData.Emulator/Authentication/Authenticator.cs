using Microsoft.Extensions.Primitives;
using NodeData.Emulator.Answers;
using NodeData.Emulator.Keys;
using NodeData.Emulator.Storage;
using NodeData.Sdk;

namespace NodeData.Emulator.Authentication;

/// <summary>Finds the caller by the bearer key (contract, "Authentication"), and notes when the key was used.</summary>
internal sealed class Authenticator(Database database, KeyRecords keys, LastUses lastUses)
{
    private const string Scheme = "Bearer ";

    public Caller Authenticate(StringValues authorization, long now)
    {
        var text = KeyIn(authorization);
        var key = database.Run(session => keys.ByText(session, text)) ?? throw Refusal.InvalidKey("There is no such key.");
        if (key.IsRevoked)
        {
            throw Refusal.InvalidKey("The key was revoked.");
        }

        if (key.IsExpiredAt(now))
        {
            throw Refusal.InvalidKey("The key has expired.");
        }

        lastUses.Note(key.Id, now);
        return new Caller(key, text);
    }

    /// <summary>The key that a header holds, valid or not; null where it holds none.</summary>
    public static ApiKey? TryReadKey(StringValues authorization) =>
        authorization is [{ } value]
        && value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
        && ApiKey.TryParse(value[Scheme.Length..].Trim(' '), out var key)
            ? key
            : null;

    private static ApiKey KeyIn(StringValues authorization) =>
        authorization.Count == 0
            ? throw Refusal.InvalidKey("The Authorization header is missing. Send: Authorization: Bearer nd_test_… or nd_live_….")
            : TryReadKey(authorization)
                ?? throw Refusal.InvalidKey("The Authorization header holds no key. Send: Authorization: Bearer nd_test_… or nd_live_….");
}
