using System.Text.Json;
using System.Text.Json.Serialization;

namespace NodeData.Sdk.Webhooks;

/// <summary>Reads and writes a status as a JSON string.</summary>
internal sealed class WebhookDeliveryStatusJsonConverter : JsonConverter<WebhookDeliveryStatus>
{
    public override WebhookDeliveryStatus Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.String
            ? new WebhookDeliveryStatus(reader.GetString()!)
            : throw new JsonException("A delivery status is a string.");

    public override void Write(Utf8JsonWriter writer, WebhookDeliveryStatus value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value);
}
