using System.Text.Json.Serialization;

namespace NodeData.Emulator.Keys;

/// <summary>A key on the wire (contract, "API keys"). The secret is in the response to its creation only.</summary>
internal sealed record KeyObject
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string Mode { get; init; }

    public required IReadOnlyList<string> Scopes { get; init; }

    public required string Hint { get; init; }

    public required string Status { get; init; }

    public required string CreatedAt { get; init; }

    public string? ExpiresAt { get; init; }

    public string? LastUsedAt { get; init; }

    public string? RevokedAt { get; init; }

    public string? Secret { get; init; }
}

/// <summary>A page of keys, newest first (contract, "Pagination").</summary>
internal sealed record KeyPage(
    IReadOnlyList<KeyObject> Items,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? NextCursor,
    bool HasMore
);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(KeyObject))]
[JsonSerializable(typeof(KeyPage))]
internal sealed partial class KeysJson : JsonSerializerContext;
