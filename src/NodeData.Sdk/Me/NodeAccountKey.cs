using System.Collections.ObjectModel;
using System.Text.Json;

namespace NodeData.Sdk;

/// <summary>Represents the API key that a call was made with, as returned by the service. Immutable.</summary>
public sealed record NodeAccountKey
{
    /// <summary>Gets the ID; null if the service did not return it.</summary>
    public string? Id { get; init; }

    /// <summary>Gets the mode; null if it is missing or unknown to this version. <see cref="RawMode"/> contains the original value.</summary>
    public KeyMode? Mode { get; init; }

    /// <summary>Gets the mode as returned by the service.</summary>
    public string? RawMode { get; init; }

    /// <summary>Gets the scopes; null if the service did not return them, which does not mean full access.</summary>
    public ApiKeyScopeSet? Scopes { get; init; }

    /// <summary>Gets the members of the response that this type has no property for. Secrets are masked.</summary>
    public IReadOnlyDictionary<string, JsonElement> AdditionalMembers { get; init; } = ReadOnlyDictionary<string, JsonElement>.Empty;
}
