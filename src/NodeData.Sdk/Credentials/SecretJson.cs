using System.Buffers;
using System.Collections.ObjectModel;
using System.Text.Json;

namespace NodeData.Sdk.Credentials;

/// <summary>
/// Masks secrets in the JSON members that this version does not define and that every model keeps. A string is masked if it looks like a secret, or if its
/// member is named <c>secret</c>.
/// </summary>
internal static class SecretJson
{
    private const string SecretMember = "secret";

    public static IReadOnlyDictionary<string, JsonElement> None => ReadOnlyDictionary<string, JsonElement>.Empty;

    public static IReadOnlyDictionary<string, JsonElement> Mask(Dictionary<string, JsonElement>? members)
    {
        if (members is null)
        {
            return None;
        }

        foreach (var (name, value) in members.ToArray())
        {
            members[name] = Mask(name, value);
        }

        return members.AsReadOnly();
    }

    public static JsonElement Mask(JsonElement value) => Mask("", value);

    private static JsonElement Mask(string name, JsonElement value) => MayContainSecret(name, value) ? Rewrite(name, value) : value;

    private static bool MayContainSecret(string name, JsonElement value)
    {
        if (value.ValueKind is not (JsonValueKind.String or JsonValueKind.Object or JsonValueKind.Array))
        {
            return false;
        }

        // An escape may hide a prefix (nd\u005flive_), so a string with a backslash is always rewritten.
        var text = value.GetRawText();
        return ApiKeyFormat.MayContainSecret(name)
            || ApiKeyFormat.MayContainSecret(text)
            || text.Contains('\\', StringComparison.Ordinal)
            || name.Contains(SecretMember, StringComparison.OrdinalIgnoreCase)
            || text.Contains(SecretMember, StringComparison.OrdinalIgnoreCase);
    }

    private static JsonElement Rewrite(string name, JsonElement value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            Write(writer, name, value);
        }

        // The value was parsed before, possibly with a higher limit than the default; the writer's own limit is 1,000.
        var reader = new Utf8JsonReader(buffer.WrittenSpan, new JsonReaderOptions { MaxDepth = int.MaxValue });
        return JsonElement.ParseValue(ref reader);
    }

    private static void Write(Utf8JsonWriter writer, string name, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in value.EnumerateObject())
                {
                    writer.WritePropertyName(member.Name);
                    Write(writer, member.Name, member.Value);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    Write(writer, name, item);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(MaskText(name, value.GetString()!));
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }

    private static string MaskText(string name, string text)
    {
        var masked = SecretText.Mask(text);
        var unknownSecret = ReferenceEquals(masked, text) && string.Equals(name, SecretMember, StringComparison.OrdinalIgnoreCase);
        return unknownSecret ? "…" : masked;
    }
}
