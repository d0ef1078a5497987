using System.Collections.ObjectModel;
using System.Text.Json;

namespace NodeData.Sdk;

/// <summary>
/// What the service tells about a key: everything but its secret, which no answer but the one to creating it ever holds (contract, "API keys"). Any member but
/// the id may be missing. Immutable.
/// </summary>
/// <param name="Id">The id, such as <c>key_…</c>.</param>
public sealed record ApiKeyInfo(string Id)
{
    /// <summary>The name it was given; names need not be unique.</summary>
    public string? Name { get; init; }

    /// <summary>The mode; null where it is missing or a word newer than this client, which <see cref="RawMode"/> holds.</summary>
    public KeyMode? Mode { get; init; }

    /// <summary>The service's word for the mode.</summary>
    public string? RawMode { get; init; }

    /// <summary>What it may do; null where the service did not say, which is not the same as full access.</summary>
    public ApiKeyScopeSet? Scopes { get; init; }

    /// <summary>How the key may be shown, such as <c>nd_live_…1234</c>.</summary>
    public string? Hint { get; init; }

    /// <summary>Where it is in its life; null where the service did not say.</summary>
    public ApiKeyStatus? Status { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it stops being accepted; null for never, or where the service did not say.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When it was last used; null for never, or where the service did not say.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>When it was revoked; null where it was not.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>What the service said beyond the members above; secrets masked.</summary>
    public IReadOnlyDictionary<string, JsonElement> AdditionalMembers { get; init; } = ReadOnlyDictionary<string, JsonElement>.Empty;
}
