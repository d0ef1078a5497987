using System.Text;
using System.Text.Json;
using NodeData.Emulator.Keys;
using NodeData.Emulator.Responses;
using NodeData.Emulator.Serving;
using NodeData.Sdk;

namespace NodeData.Emulator.Seeding;

/// <summary>
/// Keys with fixed IDs and values: <c>{"keys":[{"key":"nd_test_…","id":"key_ci","name":"ci","scopes":["models:read"],"expires_at":"…","revoked_at":"…"}]}</c>.
/// Only <c>key</c> is required. The keys are for tests and not secrets.
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
                ? RequireDistinct([.. keys.EnumerateArray().Select(ReadKey)])
                : throw new EmulatorStartException(
                    "The seed has no array named keys. Write {\"keys\":[{\"key\":\"nd_test_…\"}]} (--seed, EmulatorOptions.Seed)."
                );
        }
        catch (JsonException cause)
        {
            throw new EmulatorStartException(
                $"The seed is not valid JSON: line {cause.LineNumber + 1}. Correct it (--seed, EmulatorOptions.Seed).",
                cause
            );
        }
    }

    private static (ApiKey, SeededKey) ReadKey(JsonElement element, int index)
    {
        try
        {
            using var body = JsonBody.Parse(Encoding.UTF8.GetBytes(element.GetRawText()));
            var text = ApiKey.TryParse(body.GetString("key"), out var key)
                ? key
                : throw ApiErrorException.Invalid("key", "key is not an API key.");
            var seeded = new SeededKey(
                ReadId(body),
                body.GetOptionalString("name") is { } name ? CreateKeyRequest.ValidateName(name) : $"seeded {text.Mode.ToWireValue()} key",
                CreateKeyRequest.ValidateScopes(body.GetOptionalStrings("scopes") ?? [], "scopes"),
                ReadTime(body, "expires_at"),
                ReadTime(body, "revoked_at")
            );
            return (text, seeded);
        }
        catch (ApiErrorException error)
        {
            throw CreateException(index, error);
        }
    }

    private static List<(ApiKey Text, SeededKey Key)> RequireDistinct(List<(ApiKey Text, SeededKey Key)> keys)
    {
        var texts = new HashSet<ApiKey>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (var index = 0; index < keys.Count; index++)
        {
            if (!texts.Add(keys[index].Text))
            {
                throw CreateException(index, ApiErrorException.Invalid("key", "key is a duplicate of an earlier key in the seed."));
            }

            if (keys[index].Key.Id is { } id && !ids.Add(id))
            {
                throw CreateException(index, ApiErrorException.Invalid("id", "id is a duplicate of an earlier id in the seed."));
            }
        }

        return keys;
    }

    private static EmulatorStartException CreateException(int index, ApiErrorException error) =>
        new($"The seed's keys[{index}] is invalid: {error.Message} Correct it (--seed, EmulatorOptions.Seed).", error);

    // The ID is a path segment.
    private static string? ReadId(JsonBody body) =>
        body.GetOptionalString("id") is not { } id ? null
        : id.Length > 0 && id.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '-') ? id
        : throw ApiErrorException.Invalid("id", "id must be one or more ASCII letters, digits, _ and -.");

    private static long? ReadTime(JsonBody body, string member) =>
        body.GetOptionalString(member) is not { } text
            ? null
            : WireTime.TryParse(text)
                ?? throw ApiErrorException.Invalid(member, $"{member} must be an ISO 8601 time, such as 2030-01-31T12:00:00Z.");
}
