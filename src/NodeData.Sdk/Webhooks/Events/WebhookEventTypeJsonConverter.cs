using System.Text.Json;
using System.Text.Json.Serialization;

namespace NodeData.Sdk.Webhooks.Events;

/// <summary>Reads and writes an event type as a JSON string.</summary>
internal sealed class WebhookEventTypeJsonConverter : JsonConverter<WebhookEventType>
{
    public override WebhookEventType Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.String
            ? WebhookEventType.FromBody(reader.GetString()!)
            : throw new JsonException("An event type is a string.");

    public override void Write(Utf8JsonWriter writer, WebhookEventType value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value);
}
