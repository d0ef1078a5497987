using System.Text.Json;
using System.Text.Json.Serialization;
using NodeData.Sdk.Credentials;

namespace NodeData.Sdk.Me;

/// <summary>The JSON model of an account.</summary>
internal sealed class AccountResponse
{
    public required string Id { get; set; }

    public string? Slug { get; set; }

    public string? Name { get; set; }

    public string? Email { get; set; }

    public DateTimeOffset? CreatedAt { get; set; }

    public AccountKeyResponse? Key { get; set; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? AdditionalMembers { get; set; }

    public NodeAccount ToModel() =>
        new(Id)
        {
            Slug = Slug,
            Name = Name,
            Email = Email,
            CreatedAt = CreatedAt,
            Key = Key?.ToModel(),
            AdditionalMembers = SecretJson.Mask(AdditionalMembers),
        };
}

/// <summary>The JSON model of the key that the call was made with.</summary>
internal sealed class AccountKeyResponse
{
    public string? Id { get; set; }

    public string? Mode { get; set; }

    public ApiKeyScopeSet? Scopes { get; set; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? AdditionalMembers { get; set; }

    public NodeAccountKey ToModel() =>
        new()
        {
            Id = Id,
            Mode = KeyModeExtensions.FromWireValue(Mode),
            RawMode = Mode,
            Scopes = Scopes,
            AdditionalMembers = SecretJson.Mask(AdditionalMembers),
        };
}
