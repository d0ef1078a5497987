using NodeData.Emulator.Answers;
using NodeData.Emulator.Keys;
using NodeData.Sdk;

namespace NodeData.Emulator.Serving;

/// <summary>What a caller's key must be allowed (contract, "Scopes").</summary>
internal sealed class Access
{
    private readonly string _refusal;
    private readonly Func<KeyRecord, bool> _suffices;

    private Access(string refusal, Func<KeyRecord, bool> suffices)
    {
        _refusal = refusal;
        _suffices = suffices;
    }

    public static Access AnyKey { get; } = new("", static _ => true);

    public static Access FullAccess { get; } =
        new("Managing keys needs a key with full access; this one is restricted to its scopes.", static key => key.HasFullAccess);

    public static Access Of(ApiKeyScope scope) =>
        new(
            $"This call needs the scope {scope.Value}, or full access; this key has neither.",
            key => key.HasFullAccess || key.Scopes.Contains(scope.Value, StringComparer.Ordinal)
        );

    /// <summary>Refuses a key that may not.</summary>
    public void Check(KeyRecord key)
    {
        if (!_suffices(key))
        {
            throw Refusal.ScopeRequired(_refusal);
        }
    }
}
