using System.Text.Json;
using System.Text.Json.Serialization;

namespace NodeData.Sdk.Credentials;

/// <summary>Reads a complete key and writes its mask, so that serialized objects never contain a secret.</summary>
internal sealed class ApiKeyJsonConverter : JsonConverter<ApiKey>
{
    public override ApiKey? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        ApiKey.TryParse(reader.GetString(), out var key) ? key : throw new JsonException("The string is not an API key.");

    public override void Write(Utf8JsonWriter writer, ApiKey value, JsonSerializerOptions options) => writer.WriteStringValue(value.Hint);
}
