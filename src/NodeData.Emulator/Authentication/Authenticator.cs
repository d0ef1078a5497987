using Microsoft.Extensions.Primitives;
using NodeData.Emulator.Keys;
using NodeData.Emulator.Responses;
using NodeData.Emulator.Storage;
using NodeData.Sdk;

namespace NodeData.Emulator.Authentication;

/// <summary>Authenticates the caller by the bearer key (contract, "Authentication"), and records when the key was used.</summary>
internal sealed class Authenticator(Database database, KeyRecords keys, LastUsedTracker lastUsedTracker)
{
    private const string Scheme = "Bearer ";

    public Caller Authenticate(StringValues authorization, long now)
    {
        var text = ReadKey(authorization);
        var key = database.Run(session => keys.FindByText(session, text)) ?? throw ApiErrorException.InvalidKey("The key does not exist.");
        if (key.IsRevoked)
        {
            throw ApiErrorException.InvalidKey("The key was revoked.");
        }

        if (key.IsExpiredAt(now))
        {
            throw ApiErrorException.InvalidKey("The key has expired.");
        }

        lastUsedTracker.Record(key.Id, now);
        return new Caller(key, text);
    }

    /// <summary>Reads the key in a header, even if the key is not valid; returns null if the header contains none.</summary>
    public static ApiKey? TryReadKey(StringValues authorization) =>
        authorization is [{ } value]
        && value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
        && ApiKey.TryParse(value[Scheme.Length..].Trim(' '), out var key)
            ? key
            : null;

    private static ApiKey ReadKey(StringValues authorization) =>
        authorization.Count == 0
            ? throw ApiErrorException.InvalidKey("The Authorization header is missing. Send: Authorization: Bearer nd_test_… or nd_live_….")
            : TryReadKey(authorization)
                ?? throw ApiErrorException.InvalidKey(
                    "The Authorization header contains no key. Send: Authorization: Bearer nd_test_… or nd_live_…."
                );
}
