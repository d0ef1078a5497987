using System.Text.Json.Serialization;
using NodeData.Cli.Output;

namespace NodeData.Cli.Hooks;

/// <summary>What the commands under <c>hooks</c> print as JSON.</summary>
/// <param name="Hook">The hook's file.</param>
/// <param name="Installed">Whether the scan is in it.</param>
/// <param name="Fires">Whether it stopped a made-up key.</param>
/// <param name="Reason">Why it does not fire; else null.</param>
internal sealed record HookShape(string Hook, bool Installed, bool Fires, string? Reason);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(HookShape))]
internal sealed partial class HooksJson : JsonSerializerContext
{
    public static HooksJson Indented { get; } = new(JsonOutput.CreateOptions());
}
