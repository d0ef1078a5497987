using System.Text.Json;
using System.Text.Json.Serialization;

namespace NodeData.Sdk.Keys;

/// <summary>A status as the plain word that it is.</summary>
internal sealed class KeyStatusJsonConverter : JsonConverter<KeyStatus>
{
    public override KeyStatus Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.String ? new KeyStatus(reader.GetString()!) : throw new JsonException("A status is a text.");

    public override void Write(Utf8JsonWriter writer, KeyStatus value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value);
}
