using System.Diagnostics;

namespace NodeData.Sdk.Configuration.EnvLocal;

/// <summary>Contains the variables of a <c>.env.local</c>, used for names that the environment of the process does not set.</summary>
[DebuggerDisplay("{Path,nq}")]
internal sealed class EnvLocalVariables(string path, IReadOnlyDictionary<string, string> variables)
{
    public string Path { get; } = path;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public IReadOnlyDictionary<string, string> All { get; } = variables;

    /// <summary>Gets the trimmed value of a variable; null if it is missing or blank.</summary>
    public string? GetValue(string name) => All.TryGetValue(name, out var value) && value.Trim() is { Length: > 0 } text ? text : null;
}
