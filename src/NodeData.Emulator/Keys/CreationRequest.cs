using NodeData.Emulator.Answers;
using NodeData.Emulator.Serving;
using NodeData.Sdk;

namespace NodeData.Emulator.Keys;

/// <summary>What a creation asks for (contract, "API keys").</summary>
internal sealed record CreationRequest(string Name, KeyMode Mode, IReadOnlyList<string> Scopes, long? ExpiresAt)
{
    private const int LongestName = 100;

    public static CreationRequest Read(ReadOnlyMemory<byte> bytes, long now)
    {
        using var body = JsonBody.Parse(bytes);
        return new CreationRequest(WithinLimits(body.Text("name")), ReadMode(body), ReadScopes(body), ReadExpiry(body, now));
    }

    public static IReadOnlyList<string> KnownOnly(IReadOnlyList<string> scopes, string field)
    {
        foreach (var scope in scopes)
        {
            if (!ApiKeyScope.Known.Any(known => known.Value.Equals(scope, StringComparison.Ordinal)))
            {
                throw Refusal.Invalid(
                    field,
                    $"{field} holds a scope that is not known. Known are: {string.Join(", ", ApiKeyScope.Known)}."
                );
            }
        }

        return [.. scopes.Distinct(StringComparer.Ordinal)];
    }

    // Characters as people count them up to a point: code points, not the halves that UTF-16 needs for some.
    public static string WithinLimits(string name) =>
        name.EnumerateRunes().Count() is >= 1 and <= LongestName
            ? name
            : throw Refusal.Invalid("name", $"name has 1 to {LongestName} characters.");

    private static KeyMode ReadMode(JsonBody body) =>
        KeyModes.FromWord(body.Text("mode")) ?? throw Refusal.Invalid("mode", "mode is test or live.");

    private static IReadOnlyList<string> ReadScopes(JsonBody body) => KnownOnly(body.OptionalTexts("scopes") ?? [], "scopes");

    private static long? ReadExpiry(JsonBody body, long now)
    {
        if (body.OptionalText("expires_at") is not { } text)
        {
            return null;
        }

        var time =
            Moment.FromWire(text) ?? throw Refusal.Invalid("expires_at", "expires_at is no ISO 8601 time such as 2030-01-31T12:00:00Z.");
        return time > now ? time : throw Refusal.Invalid("expires_at", "expires_at is not in the future.");
    }
}
