using System.Text.Json.Serialization;

namespace NodeData.Emulator.Me;

/// <summary>The account on the wire (contract, "Account").</summary>
internal sealed record AccountObject
{
    public required string Id { get; init; }

    public required string Slug { get; init; }

    public required string Name { get; init; }

    public required string Email { get; init; }

    public required string CreatedAt { get; init; }

    public required AccountKeyObject Key { get; init; }
}

/// <summary>The key of the caller.</summary>
internal sealed record AccountKeyObject(string Id, string Mode, IReadOnlyList<string> Scopes);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(AccountObject))]
internal sealed partial class MeJson : JsonSerializerContext;
