using System.Collections.ObjectModel;
using System.Text.Json;

namespace NodeData.Sdk;

/// <summary>Represents the account that a key belongs to (contract, "Account"). Any property except the ID may be null. Immutable.</summary>
/// <param name="Id">The ID, such as <c>usr_…</c>.</param>
public sealed record NodeAccount(string Id)
{
    /// <summary>Gets the name of the account in URLs.</summary>
    public string? Slug { get; init; }

    /// <summary>Gets the display name.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the email address.</summary>
    public string? Email { get; init; }

    /// <summary>Gets the time at which the account was created.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Gets the key that the call was made with; null if the service did not return it.</summary>
    public NodeAccountKey? Key { get; init; }

    /// <summary>Gets the members of the response that this type has no property for. Secrets are masked.</summary>
    public IReadOnlyDictionary<string, JsonElement> AdditionalMembers { get; init; } = ReadOnlyDictionary<string, JsonElement>.Empty;
}
