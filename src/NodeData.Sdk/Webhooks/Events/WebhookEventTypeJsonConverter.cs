using System.Text.Json;
using System.Text.Json.Serialization;

namespace NodeData.Sdk.Webhooks.Events;

/// <summary>An event type as the plain word that it is.</summary>
internal sealed class WebhookEventTypeJsonConverter : JsonConverter<WebhookEventType>
{
    public override WebhookEventType Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.String
            ? WebhookEventType.FromBody(reader.GetString()!)
            : throw new JsonException("An event type is a text.");

    public override void Write(Utf8JsonWriter writer, WebhookEventType value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value);
}
