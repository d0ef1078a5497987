using System.Text.Json.Serialization;
using NodeData.Cli.Output;

namespace NodeData.Cli.Hooks;

/// <summary>The JSON output of the commands under <c>hooks</c>.</summary>
/// <param name="Hook">The path of the hook.</param>
/// <param name="Installed">true if the hook contains the scan; otherwise, false.</param>
/// <param name="Effective">true if the hook blocked a generated key; otherwise, false.</param>
/// <param name="Reason">The reason why the hook does not block secrets; null if it does.</param>
internal sealed record HookShape(string Hook, bool Installed, bool Effective, string? Reason);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(HookShape))]
internal sealed partial class HooksJson : JsonSerializerContext
{
    public static HooksJson Indented { get; } = new(JsonOutput.CreateOptions());
}
