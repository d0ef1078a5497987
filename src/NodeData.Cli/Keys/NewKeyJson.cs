using System.Text.Json.Serialization;
using NodeData.Cli.Output;
using NodeData.Sdk;

namespace NodeData.Cli.Keys;

/// <summary>The output of <c>keys create --json</c>: the key, the sinks of its secret, and the secret only if standard output is one of them.</summary>
internal sealed record NewKeyShape(
    string Id,
    string? Name,
    string? Mode,
    IReadOnlyList<string>? Scopes,
    string? Hint,
    DateTimeOffset? CreatedAt,
    DateTimeOffset? ExpiresAt,
    IReadOnlyList<string> SecretSinks
)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Secret { get; init; }

    public static NewKeyShape From(CreatedApiKey key, IEnumerable<string> secretSinks, bool withSecret) =>
        new(
            key.Id,
            key.Name,
            ModeText.Format(key.Mode),
            key.Scopes?.Select(scope => scope.Value).ToList(),
            key.Secret.Hint,
            key.Info.CreatedAt,
            key.ExpiresAt,
            [.. secretSinks]
        )
        {
            Secret = withSecret ? key.Reveal() : null,
        };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(NewKeyShape))]
internal sealed partial class NewKeyJson : JsonSerializerContext
{
    public static NewKeyJson Indented { get; } = new(JsonOutput.CreateOptions());
}
