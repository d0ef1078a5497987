using System.Text.Json.Serialization;
using NodeData.Sdk.Credentials;
using NodeData.Sdk.Http;

namespace NodeData.Sdk.Keys;

/// <summary>The body of the call that creates a key.</summary>
internal sealed record CreateKeyRequest(
    [property: JsonPropertyOrder(0)] string Name,
    [property: JsonPropertyOrder(1)] string Mode,
    [property: JsonPropertyOrder(2)] ApiKeyScopeSet? Scopes,
    [property: JsonPropertyOrder(3)] string? ExpiresAt
)
{
    // Omitted scopes mean full access and are not sent; explicit full access is sent as an empty list.
    public static CreateKeyRequest From(CreateApiKeyOptions options, KeyMode mode, DateTimeOffset? expiration) =>
        new(options.Name, mode.ToWireValue(), options.Scopes, expiration is { } moment ? WireTime.Format(moment) : null);
}
