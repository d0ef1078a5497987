using System.Text;
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
                ? Distinct([.. keys.EnumerateArray().Select(ReadKey)])
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
            using var body = JsonBody.Parse(Encoding.UTF8.GetBytes(element.GetRawText()));
            var text = ApiKey.TryParse(body.Text("key"), out var key) ? key : throw Refusal.Invalid("key", "key is no API key.");
            var seeded = new SeededKey(
                IdOf(body),
                body.OptionalText("name") is { } name ? CreationRequest.WithinLimits(name) : $"seeded {text.Mode.ToWord()} key",
                CreationRequest.KnownOnly(body.OptionalTexts("scopes") ?? [], "scopes"),
                TimeOf(body, "expires_at"),
                TimeOf(body, "revoked_at")
            );
            return (text, seeded);
        }
        catch (Refusal refusal)
        {
            throw Unusable(index, refusal);
        }
    }

    private static List<(ApiKey Text, SeededKey Key)> Distinct(List<(ApiKey Text, SeededKey Key)> keys)
    {
        var texts = new HashSet<ApiKey>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (var index = 0; index < keys.Count; index++)
        {
            if (!texts.Add(keys[index].Text))
            {
                throw Unusable(index, Refusal.Invalid("key", "key stands in the seed already."));
            }

            if (keys[index].Key.Id is { } id && !ids.Add(id))
            {
                throw Unusable(index, Refusal.Invalid("id", "id stands in the seed already."));
            }
        }

        return keys;
    }

    private static EmulatorStartException Unusable(int index, Refusal refusal) =>
        new($"The seed's keys[{index}] cannot be used: {refusal.Message} Correct it (--seed, EmulatorOptions.Seed).", refusal);

    // A segment of an address.
    private static string? IdOf(JsonBody body) =>
        body.OptionalText("id") is not { } id ? null
        : id.Length > 0 && id.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '-') ? id
        : throw Refusal.Invalid("id", "id is one or more letters, digits, _ and -.");

    private static long? TimeOf(JsonBody body, string member) =>
        body.OptionalText(member) is not { } text
            ? null
            : Moment.FromWire(text) ?? throw Refusal.Invalid(member, $"{member} is no ISO 8601 time such as 2030-01-31T12:00:00Z.");
}
