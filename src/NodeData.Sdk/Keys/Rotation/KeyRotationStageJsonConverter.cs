using System.Text.Json;
using System.Text.Json.Serialization;

namespace NodeData.Sdk.Keys.Rotation;

/// <summary>A stage as the plain word that it is.</summary>
internal sealed class KeyRotationStageJsonConverter : JsonConverter<KeyRotationStage>
{
    public override KeyRotationStage Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.String
            ? new KeyRotationStage(reader.GetString()!)
            : throw new JsonException("A stage is a text.");

    public override void Write(Utf8JsonWriter writer, KeyRotationStage value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value);
}
