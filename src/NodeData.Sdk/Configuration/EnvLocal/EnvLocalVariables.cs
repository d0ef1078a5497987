using System.Diagnostics;

namespace NodeData.Sdk.Configuration.EnvLocal;

/// <summary>What a <c>.env.local</c> says, for the names that the process's environment leaves open.</summary>
[DebuggerDisplay("{Path,nq}")]
internal sealed class EnvLocalVariables(string path, IReadOnlyDictionary<string, string> variables)
{
    public string Path { get; } = path;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public IReadOnlyDictionary<string, string> All { get; } = variables;

    /// <summary>The value without white space around it; null where it is not there or blank.</summary>
    public string? GetValue(string name) => All.TryGetValue(name, out var value) && value.Trim() is { Length: > 0 } text ? text : null;
}
