using System.Text.Json;
using System.Text.Json.Serialization;
using NodeData.Cli.Output;

namespace NodeData.Cli.Scan.Reports;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SarifLog))]
internal sealed partial class SarifJson : JsonSerializerContext
{
    public static SarifJson Indented { get; } =
        new(
            new JsonSerializerOptions(JsonOutput.CreateOptions())
            {
                PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
                DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            }
        );
}
