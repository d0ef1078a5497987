using System.Text.Json.Serialization;
using NodeData.Cli.Output;
using NodeData.Sdk;

namespace NodeData.Cli.Me;

/// <summary>The output of <c>me --json</c>, with the service's member names.</summary>
internal sealed record AccountShape(string Id, string? Slug, string? Name, string? Email, DateTimeOffset? CreatedAt, AccountKeyShape? Key)
{
    public static AccountShape From(NodeAccount account) =>
        new(
            account.Id,
            account.Slug,
            account.Name,
            account.Email,
            account.CreatedAt,
            account.Key is { } key ? AccountKeyShape.From(key) : null
        );
}

/// <summary>The key that the command uses. An empty scope list means full access.</summary>
internal sealed record AccountKeyShape(string? Id, string? Mode, IReadOnlyList<string>? Scopes)
{
    public static AccountKeyShape From(NodeAccountKey key) =>
        new(key.Id, ModeText.Format(key.Mode, key.RawMode), key.Scopes?.Select(scope => scope.Value).ToList());
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(AccountShape))]
internal sealed partial class MeJson : JsonSerializerContext
{
    public static MeJson Indented { get; } = new(JsonOutput.CreateOptions());
}
