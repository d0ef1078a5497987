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
/// <example><c>ScopeSet scopes = [Scope.ModelsRead, Scope.ModelsUpload];</c></example>
[CollectionBuilder(typeof(ScopeSet), nameof(Create))]
[DebuggerDisplay("{ToString(),nq}")]
[JsonConverter(typeof(ScopeSetJsonConverter))]
public sealed class ScopeSet : IReadOnlyCollection<Scope>, IEquatable<ScopeSet>
{
    private readonly Scope[] _scopes;

    private ScopeSet(Scope[] scopes) => _scopes = scopes;

    /// <summary>Everything, managing keys included.</summary>
    public static ScopeSet FullAccess { get; } = new([]);

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
    public static ScopeSet Create(params ReadOnlySpan<Scope> scopes)
    {
        if (scopes.IsEmpty)
        {
            throw new ArgumentException(
                "A list of scopes was given and it is empty: the service would make a key with full access. Name the scopes, or ask for "
                    + "full access with ScopeSet.FullAccess.",
                nameof(scopes)
            );
        }

        var distinct = new List<Scope>(scopes.Length);
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

        return new ScopeSet([.. distinct]);
    }

    /// <summary>Whether a key with these scopes may do what <paramref name="scope"/> stands for.</summary>
    public bool Allows(Scope scope) => IsFullAccess || Array.IndexOf(_scopes, scope) >= 0;

    /// <summary>Whether both allow the same, in whatever order.</summary>
    public bool Equals(ScopeSet? other) =>
        other is not null && _scopes.Length == other._scopes.Length && _scopes.All(scope => Array.IndexOf(other._scopes, scope) >= 0);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ScopeSet);

    /// <inheritdoc/>
    public override int GetHashCode() => _scopes.Aggregate(_scopes.Length, (hash, scope) => hash ^ scope.GetHashCode());

    /// <summary>The scopes, separated by spaces, or <c>full access</c>.</summary>
    public override string ToString() => IsFullAccess ? "full access" : string.Join(' ', _scopes);

    /// <summary>The scopes; none for full access.</summary>
    public IEnumerator<Scope> GetEnumerator() => ((IEnumerable<Scope>)_scopes).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>What an answer lists; nothing listed is full access.</summary>
    internal static ScopeSet FromAnswer(List<Scope> scopes) => scopes.Count == 0 ? FullAccess : new ScopeSet([.. scopes]);
}
