using System.Diagnostics;

namespace NodeData.Cli.Secrets;

/// <summary>A secret that a scan found. Only its hint is displayed.</summary>
[DebuggerDisplay("{Hint,nq}")]
internal sealed class FoundSecret(SecretRule rule, string text) : IEquatable<FoundSecret>
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly string _text = text;

    public SecretRule Rule { get; } = rule;

    /// <summary>The masked secret, for display.</summary>
    public string Hint { get; } = SecretFinder.Hint(text) is var hint && hint != "…" ? hint : $"{SecretToken.GetPrefix(text)}…";

    public string Reveal() => _text;

    public override string ToString() => Hint;

    public bool Equals(FoundSecret? other) => other is not null && other.Rule == Rule && other._text == _text;

    public override bool Equals(object? obj) => Equals(obj as FoundSecret);

    public override int GetHashCode() => _text.GetHashCode(StringComparison.Ordinal);
}
