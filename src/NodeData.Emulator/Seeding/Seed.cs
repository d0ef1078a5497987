using System.Text.Json;
using NodeData.Emulator.Answers;
using NodeData.Emulator.Keys;
using NodeData.Emulator.Serving;
using NodeData.Sdk;

namespace NodeData.Emulator.Seeding;

/// <summary>
/// Keys with pinned ids and texts: <c>{"keys":[{"key":"nd_test_…","id":"key_ci","name":"ci","scopes":["models:read"],"expires_at":"…","revoked_at":"…"}]}</c>.
/// Only <c>key</c> must be there. The texts are made up, and no secrets.
/// </summary>
internal static class Seed
{
    public static IReadOnlyList<(ApiKey Text, SeededKey Key)> Read(string? json)
    {
        if (json is null)
        {
            return [];
        }

        try
        {
            using var document = JsonDocument.Parse(json);
            var keys =
                document.RootElement.ValueKind is JsonValueKind.Object && document.RootElement.TryGetProperty("keys", out var list)
                    ? list
                    : default;
            return keys.ValueKind is JsonValueKind.Array
                ? [.. keys.EnumerateArray().Select(ReadKey)]
                : throw new EmulatorStartException(
                    "The seed has no list called keys. Write {\"keys\":[{\"key\":\"nd_test_…\"}]} (--seed, EmulatorOptions.Seed)."
                );
        }
        catch (JsonException cause)
        {
            throw new EmulatorStartException(
                $"The seed is no JSON: line {cause.LineNumber + 1}. Correct it (--seed, EmulatorOptions.Seed).",
                cause
            );
        }
    }

    private static (ApiKey, SeededKey) ReadKey(JsonElement element, int index)
    {
        try
        {
            using var body = JsonBody.Parse(JsonSerializer.SerializeToUtf8Bytes(element, SeedJson.Default.JsonElement));
            var text = ApiKey.TryParse(body.Text("key"), out var key) ? key : throw Refusal.Invalid("key", "key is no API key.");
            var seeded = new SeededKey(
                body.OptionalText("id"),
                body.OptionalText("name") ?? $"seeded {text.Mode.ToWord()} key",
                CreationRequest.KnownOnly(body.OptionalTexts("scopes") ?? [], "scopes"),
                TimeOf(body, "expires_at"),
                TimeOf(body, "revoked_at")
            );
            return (text, seeded);
        }
        catch (Refusal refusal)
        {
            throw new EmulatorStartException(
                $"The seed's keys[{index}] cannot be used: {refusal.Message} Correct it (--seed, EmulatorOptions.Seed).",
                refusal
            );
        }
    }

    private static long? TimeOf(JsonBody body, string member) =>
        body.OptionalText(member) is not { } text
            ? null
            : Moment.FromWire(text) ?? throw Refusal.Invalid(member, $"{member} is no ISO 8601 time such as 2030-01-31T12:00:00Z.");
}
