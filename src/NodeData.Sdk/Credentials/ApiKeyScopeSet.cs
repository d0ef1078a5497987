using System.Collections;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using NodeData.Sdk.Credentials;

namespace NodeData.Sdk;

/// <summary>
/// The scopes of a key: either some, or <see cref="FullAccess"/>. On the wire an empty list means full access (contract, "Scopes"), so an emptied list
/// would mint an all-powerful key: an empty set cannot be made here, and full access is asked for by name. Immutable and safe for use by several threads.
/// </summary>
/// <example><c>ApiKeyScopeSet scopes = [ApiKeyScope.ModelsRead, ApiKeyScope.ModelsUpload];</c></example>
[CollectionBuilder(typeof(ApiKeyScopeSet), nameof(Create))]
[DebuggerDisplay("{ToString(),nq}")]
[JsonConverter(typeof(ApiKeyScopeSetJsonConverter))]
public sealed class ApiKeyScopeSet : IReadOnlyCollection<ApiKeyScope>, IEquatable<ApiKeyScopeSet>
{
    private readonly ApiKeyScope[] _scopes;

    private ApiKeyScopeSet(ApiKeyScope[] scopes) => _scopes = scopes;

    /// <summary>Everything, managing keys included.</summary>
    public static ApiKeyScopeSet FullAccess { get; } = new([]);

    /// <summary>Whether the key may do everything.</summary>
    public bool IsFullAccess => _scopes.Length == 0;

    /// <summary>How many scopes there are; 0 means full access.</summary>
    public int Count => _scopes.Length;

    /// <summary>Some scopes, in the order given, each of them once.</summary>
    /// <param name="scopes">One scope or more.</param>
    /// <exception cref="ArgumentException">
    /// The list is empty (the service would take it for full access; ask for that with <see cref="FullAccess"/>), or one of the scopes is
    /// <c>default(Scope)</c>.
    /// </exception>
    public static ApiKeyScopeSet Create(params ReadOnlySpan<ApiKeyScope> scopes)
    {
        if (scopes.IsEmpty)
        {
            throw new ArgumentException(
                "A list of scopes was given and it is empty: the service would make a key with full access. Name the scopes, or ask for "
                    + "full access with ApiKeyScopeSet.FullAccess.",
                nameof(scopes)
            );
        }

        var distinct = new List<ApiKeyScope>(scopes.Length);
        foreach (var scope in scopes)
        {
            if (scope == default)
            {
                throw new ArgumentException("One of the scopes has no text.", nameof(scopes));
            }

            if (!distinct.Contains(scope))
            {
                distinct.Add(scope);
            }
        }

        return new ApiKeyScopeSet([.. distinct]);
    }

    /// <summary>Whether a key with these scopes may do what <paramref name="scope"/> stands for.</summary>
    public bool Allows(ApiKeyScope scope) => IsFullAccess || Array.IndexOf(_scopes, scope) >= 0;

    /// <summary>Whether both allow the same, in whatever order.</summary>
    public bool Equals(ApiKeyScopeSet? other) =>
        other is not null && _scopes.Length == other._scopes.Length && _scopes.All(scope => Array.IndexOf(other._scopes, scope) >= 0);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ApiKeyScopeSet);

    /// <inheritdoc/>
    public override int GetHashCode() => _scopes.Aggregate(_scopes.Length, (hash, scope) => hash ^ scope.GetHashCode());

    /// <summary>The scopes, separated by spaces, or <c>full access</c>.</summary>
    public override string ToString() => IsFullAccess ? "full access" : string.Join(' ', _scopes);

    /// <summary>The scopes; none for full access.</summary>
    public IEnumerator<ApiKeyScope> GetEnumerator() => ((IEnumerable<ApiKeyScope>)_scopes).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>What an answer lists; nothing listed is full access.</summary>
    internal static ApiKeyScopeSet FromResponse(List<ApiKeyScope> scopes) =>
        scopes.Count == 0 ? FullAccess : new ApiKeyScopeSet([.. scopes]);
}
