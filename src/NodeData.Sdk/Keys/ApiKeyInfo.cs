using System.Collections.ObjectModel;
using System.Text.Json;

namespace NodeData.Sdk;

/// <summary>
/// Represents an API key without its secret. Only the response that creates a key contains the secret (contract, "API keys"). Any member except the ID may be
/// missing. Immutable.
/// </summary>
/// <param name="Id">The ID, such as <c>key_…</c>.</param>
public sealed record ApiKeyInfo(string Id)
{
    /// <summary>The name. Names need not be unique.</summary>
    public string? Name { get; init; }

    /// <summary>The mode; null if it is missing or newer than this client (see <see cref="RawMode"/>).</summary>
    public KeyMode? Mode { get; init; }

    /// <summary>The mode as the service returned it.</summary>
    public string? RawMode { get; init; }

    /// <summary>The scopes; null if the service did not return them, which is not the same as full access.</summary>
    public ApiKeyScopeSet? Scopes { get; init; }

    /// <summary>The masked form of the key, such as <c>nd_live_…1234</c>.</summary>
    public string? Hint { get; init; }

    /// <summary>The status; null if the service did not return it.</summary>
    public ApiKeyStatus? Status { get; init; }

    /// <summary>The time at which the key was created; null if the service did not return it.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>The time at which the key expires; null if it does not expire, or if the service did not return it.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The time at which the key was last used; null if it was never used, or if the service did not return it.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>The time at which the key was revoked; null if it is not revoked.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>The members of the response that this type does not describe, with secrets masked.</summary>
    public IReadOnlyDictionary<string, JsonElement> AdditionalMembers { get; init; } = ReadOnlyDictionary<string, JsonElement>.Empty;
}
