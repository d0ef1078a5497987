using System.Text.Json;
using System.Text.Json.Serialization;
using NodeData.Sdk.Credentials;

namespace NodeData.Sdk.Keys;

/// <summary>The wire format of a key.</summary>
internal class ApiKeyResponse
{
    public required string Id { get; set; }

    public string? Name { get; set; }

    public string? Mode { get; set; }

    public ApiKeyScopeSet? Scopes { get; set; }

    public string? Hint { get; set; }

    public ApiKeyStatus? Status { get; set; }

    public DateTimeOffset? CreatedAt { get; set; }

    public DateTimeOffset? ExpiresAt { get; set; }

    public DateTimeOffset? LastUsedAt { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? AdditionalMembers { get; set; }

    public ApiKeyInfo ToModel() =>
        new(Id)
        {
            Name = Name,
            Mode = KeyModeExtensions.FromWireValue(Mode),
            RawMode = Mode,
            Scopes = Scopes,
            Hint = Hint is null ? null : SecretText.Mask(Hint),
            Status = Status,
            CreatedAt = CreatedAt,
            ExpiresAt = ExpiresAt,
            LastUsedAt = LastUsedAt,
            RevokedAt = RevokedAt,
            AdditionalMembers = SecretJson.Mask(AdditionalMembers),
        };
}
