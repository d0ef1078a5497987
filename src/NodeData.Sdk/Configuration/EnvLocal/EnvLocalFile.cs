using System.Diagnostics;
using NodeData.Sdk.Configuration.EnvLocal;

namespace NodeData.Sdk;

/// <summary>
/// A developer's <c>.env.local</c>, for programs without a host; in a host <c>AddNodeDataEnvLocal()</c> reads it. What it holds is never shown: values are
/// had one by one, by name. Read once, when it is found; thread-safe.
/// </summary>
[DebuggerDisplay("{Path,nq}")]
public sealed class EnvLocalFile
{
    private readonly EnvLocalVariables _variables;

    private EnvLocalFile(EnvLocalVariables variables) => _variables = variables;

    /// <summary>The full path of the file.</summary>
    public string Path => _variables.Path;

    /// <summary>The names of its variables.</summary>
    public IReadOnlyCollection<string> Names => [.. _variables.All.Keys];

    /// <summary>
    /// Reads the nearest <c>.env.local</c>, from a folder upwards to the root of its git repository; without a repository, that of the folder alone.
    /// </summary>
    /// <param name="folder">The folder to begin at.</param>
    /// <returns>The file; null where there is none.</returns>
    /// <exception cref="NodeDataConfigurationException">The file cannot be read, or a line of it is no <c>NAME=value</c>; the message names the line.</exception>
    public static EnvLocalFile? FindNearest(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        return EnvLocalFiles.FindNearest(System.IO.Path.GetFullPath(folder)) is { } path
            ? new EnvLocalFile(new EnvLocalVariables(path, EnvFileParser.Parse(EnvLocalFiles.Read(path), path)))
            : null;
    }

    /// <summary>The value of a variable, without white space around it.</summary>
    /// <param name="name">The variable's name, with its case.</param>
    /// <returns>The value, which may be a secret; null where the variable is not there or blank.</returns>
    public string? GetValue(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return _variables.GetValue(name);
    }

    /// <summary>Asks git whether it keeps the file, or would with the next <c>git add</c>. Starts git, which may take up to a second.</summary>
    public EnvLocalGitReport GetGitStatus()
    {
        var check = new GitCheck(GitCommand.CreateDefault());
        try
        {
            check.Inspect([Path]);
        }
        catch (NodeDataConfigurationException tracked)
        {
            return new EnvLocalGitReport(EnvLocalGitState.Tracked, tracked.Message);
        }

        return check.Failure is { } failure ? new EnvLocalGitReport(EnvLocalGitState.Unknown, failure)
            : check.NotIgnored is [var (_, command), ..] ? new EnvLocalGitReport(EnvLocalGitState.NotIgnored, command)
            : new EnvLocalGitReport(EnvLocalGitState.Ignored, null);
    }

    /// <summary>The path; never a value.</summary>
    public override string ToString() => Path;
}
