using System.Collections.ObjectModel;
using System.Text.Json;

namespace NodeData.Sdk;

/// <summary>The key that a call was made with, as the service sees it. Immutable.</summary>
public sealed record NodeAccountKey
{
    /// <summary>The id; null where the service did not say.</summary>
    public string? Id { get; init; }

    /// <summary>The mode; null where it is missing or a word newer than this client, which <see cref="RawMode"/> holds.</summary>
    public KeyMode? Mode { get; init; }

    /// <summary>The service's word for the mode.</summary>
    public string? RawMode { get; init; }

    /// <summary>What it may do; null where the service did not say, which is not the same as full access.</summary>
    public ApiKeyScopeSet? Scopes { get; init; }

    /// <summary>What the service said beyond the members above; secrets masked.</summary>
    public IReadOnlyDictionary<string, JsonElement> AdditionalMembers { get; init; } = ReadOnlyDictionary<string, JsonElement>.Empty;
}
