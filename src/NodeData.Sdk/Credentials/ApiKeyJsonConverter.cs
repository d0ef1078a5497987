using System.Text.Json;
using System.Text.Json.Serialization;

namespace NodeData.Sdk.Credentials;

/// <summary>Writes the mask, reads a whole key: a serialised object never carries a secret by accident.</summary>
internal sealed class ApiKeyJsonConverter : JsonConverter<ApiKey>
{
    public override ApiKey? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        ApiKey.TryParse(reader.GetString(), out var key) ? key : throw new JsonException("The text is no API key.");

    public override void Write(Utf8JsonWriter writer, ApiKey value, JsonSerializerOptions options) => writer.WriteStringValue(value.Hint);
}
