using System.Collections.ObjectModel;
using System.Text.Json;

namespace NodeData.Sdk;

/// <summary>The account that a key belongs to (contract, "Account"). Any member but the id may be missing. Immutable.</summary>
/// <param name="Id">The id, such as <c>usr_…</c>.</param>
public sealed record NodeAccount(string Id)
{
    /// <summary>The name in addresses.</summary>
    public string? Slug { get; init; }

    /// <summary>The name for people.</summary>
    public string? Name { get; init; }

    /// <summary>The address for mail.</summary>
    public string? Email { get; init; }

    /// <summary>When it was opened.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>The key that the call was made with; null where the service did not say.</summary>
    public NodeAccountKey? Key { get; init; }

    /// <summary>What the service said beyond the members above; secrets masked.</summary>
    public IReadOnlyDictionary<string, JsonElement> AdditionalMembers { get; init; } = ReadOnlyDictionary<string, JsonElement>.Empty;
}
