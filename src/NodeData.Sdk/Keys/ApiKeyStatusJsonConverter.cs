using System.Text.Json;
using System.Text.Json.Serialization;

namespace NodeData.Sdk.Keys;

/// <summary>Reads and writes a status as a JSON string.</summary>
internal sealed class ApiKeyStatusJsonConverter : JsonConverter<ApiKeyStatus>
{
    public override ApiKeyStatus Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.String
            ? new ApiKeyStatus(reader.GetString()!)
            : throw new JsonException("A status must be a string.");

    public override void Write(Utf8JsonWriter writer, ApiKeyStatus value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value);
}
