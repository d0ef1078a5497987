using System.Text.Json;
using System.Text.Json.Serialization;

namespace NodeData.Sdk.Credentials;

/// <summary>Converts a scope to and from a JSON string.</summary>
internal sealed class ApiKeyScopeJsonConverter : JsonConverter<ApiKeyScope>
{
    public override ApiKeyScope Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.String
            ? ApiKeyScope.FromResponse(reader.GetString()!)
            : throw new JsonException("A scope must be a string.");

    public override void Write(Utf8JsonWriter writer, ApiKeyScope value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value);
}
