using NodeData.Emulator.Keys;
using NodeData.Emulator.Responses;
using NodeData.Sdk;

namespace NodeData.Emulator.Serving;

/// <summary>The access that a call requires (contract, "Scopes").</summary>
internal sealed class Access
{
    private readonly string _errorMessage;
    private readonly Func<KeyRecord, bool> _isSufficient;

    private Access(string errorMessage, Func<KeyRecord, bool> isSufficient)
    {
        _errorMessage = errorMessage;
        _isSufficient = isSufficient;
    }

    public static Access AnyKey { get; } = new("", static _ => true);

    public static Access FullAccess { get; } =
        new("Managing keys requires a key with full access; this key is restricted to its scopes.", static key => key.HasFullAccess);

    public static Access ForScope(ApiKeyScope scope) =>
        new(
            $"This call requires the scope {scope.Value} or full access; this key has neither.",
            key => key.HasFullAccess || key.Scopes.Contains(scope.Value, StringComparer.Ordinal)
        );

    /// <summary>Denies a key that does not have the access.</summary>
    public void Check(KeyRecord key)
    {
        if (!_isSufficient(key))
        {
            throw ApiErrorException.ScopeRequired(_errorMessage);
        }
    }
}
