using System.Text.Json;
using System.Text.Json.Serialization;

namespace NodeData.Sdk.Credentials;

/// <summary>Writes the mask, reads a whole secret: a serialised object never carries a secret by accident.</summary>
internal sealed class WebhookSecretJsonConverter : JsonConverter<WebhookSecret>
{
    public override WebhookSecret? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        WebhookSecret.TryParse(reader.GetString(), out var secret) ? secret : throw new JsonException("The text is no webhook secret.");

    public override void Write(Utf8JsonWriter writer, WebhookSecret value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Hint);
}
