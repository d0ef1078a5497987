using System.Text.Json.Serialization;
using NodeData.Cli.Output;

namespace NodeData.Cli.Hooks;

/// <summary>The JSON output of the commands under <c>hooks</c>.</summary>
/// <param name="Hook">The path of the hook.</param>
/// <param name="Installed">Whether the hook contains the scan.</param>
/// <param name="Fires">Whether the hook blocked a made-up key.</param>
/// <param name="Reason">Why the hook does not block secrets; else null.</param>
internal sealed record HookShape(string Hook, bool Installed, bool Fires, string? Reason);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(HookShape))]
internal sealed partial class HooksJson : JsonSerializerContext
{
    public static HooksJson Indented { get; } = new(JsonOutput.CreateOptions());
}
