using System.Text.Json;
using System.Text.Json.Serialization;

namespace NodeData.Sdk.Credentials;

/// <summary>Reads a complete secret and writes its mask, so that serialized objects never contain a secret.</summary>
internal sealed class WebhookSecretJsonConverter : JsonConverter<WebhookSecret>
{
    public override WebhookSecret? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        WebhookSecret.TryParse(reader.GetString(), out var secret)
            ? secret
            : throw new JsonException("The string is not a webhook secret.");

    public override void Write(Utf8JsonWriter writer, WebhookSecret value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Hint);
}
