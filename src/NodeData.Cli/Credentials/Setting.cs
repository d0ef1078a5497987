using System.Diagnostics;

namespace NodeData.Cli.Credentials;

/// <summary>A setting and where it stands.</summary>
[DebuggerDisplay("{Source,nq}")]
internal sealed class Setting(string value, string source)
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string Value { get; } = value;

    /// <summary>The option, the variable, or the variable in a file.</summary>
    public string Source { get; } = source;
}
