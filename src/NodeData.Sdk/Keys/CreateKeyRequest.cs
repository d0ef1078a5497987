using System.Text.Json.Serialization;
using NodeData.Sdk.Credentials;
using NodeData.Sdk.Http;

namespace NodeData.Sdk.Keys;

/// <summary>The body of the call that makes a key.</summary>
internal sealed record CreateKeyRequest(
    [property: JsonPropertyOrder(0)] string Name,
    [property: JsonPropertyOrder(1)] string Mode,
    [property: JsonPropertyOrder(2)] ApiKeyScopeSet? Scopes,
    [property: JsonPropertyOrder(3)] string? ExpiresAt
)
{
    // Scopes left out mean full access and are sent as no member; full access asked for aloud is sent as the empty list.
    public static CreateKeyRequest From(CreateApiKeyOptions options, KeyMode mode, DateTimeOffset? expiry) =>
        new(options.Name, mode.ToWireValue(), options.Scopes, expiry is { } moment ? WireTime.Format(moment) : null);
}
