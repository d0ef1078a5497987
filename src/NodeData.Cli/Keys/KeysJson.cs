using System.Text.Json.Serialization;
using NodeData.Cli.Output;
using NodeData.Sdk;

namespace NodeData.Cli.Keys;

/// <summary>A key as JSON, with the member names of the service. An empty list of scopes means full access.</summary>
internal sealed record KeyShape(
    string Id,
    string? Name,
    string? Mode,
    IReadOnlyList<string>? Scopes,
    string? Hint,
    string? Status,
    DateTimeOffset? CreatedAt,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? LastUsedAt,
    DateTimeOffset? RevokedAt
)
{
    public static KeyShape From(ApiKeyInfo key) =>
        new(
            key.Id,
            key.Name,
            ModeText.Format(key.Mode, key.RawMode),
            key.Scopes?.Select(scope => scope.Value).ToList(),
            key.Hint,
            key.Status?.Value,
            key.CreatedAt,
            key.ExpiresAt,
            key.LastUsedAt,
            key.RevokedAt
        );
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(KeyShape))]
[JsonSerializable(typeof(IReadOnlyList<KeyShape>))]
internal sealed partial class KeysJson : JsonSerializerContext
{
    public static KeysJson Indented { get; } = new(JsonOutput.CreateOptions());
}
