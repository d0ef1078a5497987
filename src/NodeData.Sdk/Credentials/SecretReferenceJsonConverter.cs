using System.Text.Json;
using System.Text.Json.Serialization;

namespace NodeData.Sdk.Credentials;

/// <summary>Reads a secret or a reference and writes the string that is safe to display, so that serialized options never contain a secret.</summary>
internal sealed class SecretReferenceJsonConverter : JsonConverter<SecretReference>
{
    public override SecretReference? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString() is { } text ? new SecretReference(text) : null;

    public override void Write(Utf8JsonWriter writer, SecretReference value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
