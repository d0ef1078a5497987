using System.Text.Json;
using System.Text.Json.Serialization;

namespace NodeData.Sdk.Keys.Rotation;

/// <summary>Reads and writes a stage as a JSON string.</summary>
internal sealed class ApiKeyRotationStageJsonConverter : JsonConverter<ApiKeyRotationStage>
{
    public override ApiKeyRotationStage Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.String
            ? new ApiKeyRotationStage(reader.GetString()!)
            : throw new JsonException("A stage must be a string.");

    public override void Write(Utf8JsonWriter writer, ApiKeyRotationStage value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value);
}
