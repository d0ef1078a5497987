using NodeData.Emulator.Responses;
using NodeData.Emulator.Serving;
using NodeData.Sdk;

namespace NodeData.Emulator.Keys;

/// <summary>A request to create a key (contract, "API keys").</summary>
internal sealed record CreateKeyRequest(string Name, KeyMode Mode, IReadOnlyList<string> Scopes, long? ExpiresAt)
{
    private const int MaxNameLength = 100;

    public static CreateKeyRequest Read(ReadOnlyMemory<byte> bytes, long now)
    {
        using var body = JsonBody.Parse(bytes);
        return new CreateKeyRequest(ValidateName(body.GetString("name")), ReadMode(body), ReadScopes(body), ReadExpiry(body, now));
    }

    public static IReadOnlyList<string> ValidateScopes(IReadOnlyList<string> scopes, string field)
    {
        foreach (var scope in scopes)
        {
            if (!ApiKeyScope.Known.Any(known => known.Value.Equals(scope, StringComparison.Ordinal)))
            {
                throw ApiErrorException.Invalid(
                    field,
                    $"{field} contains an unknown scope. The known scopes are: {string.Join(", ", ApiKeyScope.Known)}."
                );
            }
        }

        return [.. scopes.Distinct(StringComparer.Ordinal)];
    }

    // Counts Unicode code points, not UTF-16 code units.
    public static string ValidateName(string name) =>
        name.EnumerateRunes().Count() is >= 1 and <= MaxNameLength
            ? name
            : throw ApiErrorException.Invalid("name", $"name must have 1 to {MaxNameLength} characters.");

    private static KeyMode ReadMode(JsonBody body) =>
        KeyModes.FromWireValue(body.GetString("mode")) ?? throw ApiErrorException.Invalid("mode", "mode must be test or live.");

    private static IReadOnlyList<string> ReadScopes(JsonBody body) => ValidateScopes(body.GetOptionalStrings("scopes") ?? [], "scopes");

    private static long? ReadExpiry(JsonBody body, long now)
    {
        if (body.GetOptionalString("expires_at") is not { } text)
        {
            return null;
        }

        var time =
            WireTime.TryParse(text)
            ?? throw ApiErrorException.Invalid("expires_at", "expires_at must be an ISO 8601 time, such as 2030-01-31T12:00:00Z.");
        return time > now ? time : throw ApiErrorException.Invalid("expires_at", "expires_at must be in the future.");
    }
}
