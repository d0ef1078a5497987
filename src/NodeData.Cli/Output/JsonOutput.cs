using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace NodeData.Cli.Output;

/// <summary>
/// The format of the tool's JSON: indented, the service's naming policy, null for unknown values, times in UTC, and non-ASCII letters unescaped.
/// </summary>
internal static class JsonOutput
{
    public static JsonSerializerOptions CreateOptions() =>
        new(JsonSerializerDefaults.General)
        {
            WriteIndented = true,
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            Converters = { new UtcTimeConverter() },
        };

    private sealed class UtcTimeConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.GetDateTimeOffset();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(Cell.FormatTime(value));
    }
}
