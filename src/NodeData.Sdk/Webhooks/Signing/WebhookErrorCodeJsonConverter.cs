using System.Text.Json;
using System.Text.Json.Serialization;

namespace NodeData.Sdk.Webhooks.Signing;

/// <summary>Reads and writes an error code as a JSON string.</summary>
internal sealed class WebhookErrorCodeJsonConverter : JsonConverter<WebhookErrorCode>
{
    public override WebhookErrorCode Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.String ? new(reader.GetString()!) : throw new JsonException("An error code is a string.");

    public override void Write(Utf8JsonWriter writer, WebhookErrorCode value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value);
}
