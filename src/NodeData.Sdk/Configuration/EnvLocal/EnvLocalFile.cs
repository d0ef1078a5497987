using System.Diagnostics;
using NodeData.Sdk.Configuration.EnvLocal;

namespace NodeData.Sdk;

/// <summary>
/// Represents a developer's <c>.env.local</c> file, for applications without a host; in a host, use <c>AddNodeDataEnvLocal()</c>. Values are never shown; they
/// are available by name only. The file is read once, when it is found. Thread-safe.
/// </summary>
[DebuggerDisplay("{Path,nq}")]
public sealed class EnvLocalFile
{
    private readonly EnvLocalVariables _variables;

    private EnvLocalFile(EnvLocalVariables variables) => _variables = variables;

    /// <summary>Gets the full path of the file.</summary>
    public string Path => _variables.Path;

    /// <summary>Gets the names of the variables.</summary>
    public IReadOnlyCollection<string> Names => [.. _variables.All.Keys];

    /// <summary>
    /// Finds and reads the nearest <c>.env.local</c> file, from a folder upwards to the root of its git repository; without a repository, only in the folder
    /// itself.
    /// </summary>
    /// <param name="folder">The folder at which the search starts.</param>
    /// <returns>The file; null if there is none.</returns>
    /// <exception cref="ArgumentException"><paramref name="folder"/> is null or blank.</exception>
    /// <exception cref="NodeDataConfigurationException">
    /// The file cannot be read, or a line is not a valid <c>NAME=value</c> line; the message names the line.
    /// </exception>
    public static EnvLocalFile? FindNearest(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        return EnvLocalFiles.FindNearest(System.IO.Path.GetFullPath(folder)) is { } path
            ? new EnvLocalFile(new EnvLocalVariables(path, EnvFileParser.Parse(EnvLocalFiles.Read(path), path)))
            : null;
    }

    /// <summary>Gets the trimmed value of a variable.</summary>
    /// <param name="name">The name of the variable; case-sensitive.</param>
    /// <returns>The value, which may be a secret; null if the variable is missing or blank.</returns>
    public string? GetValue(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return _variables.GetValue(name);
    }

    /// <summary>
    /// Determines whether git tracks the file, or would add it with the next <c>git add</c>. Each git command that this method runs takes up to one second.
    /// </summary>
    /// <returns>The state of the file, and the remedy if one is needed.</returns>
    public EnvLocalGitReport GetGitStatus()
    {
        var check = new GitCheck(GitCommand.CreateDefault());
        try
        {
            check.Inspect([Path]);
        }
        catch (NodeDataConfigurationException exception)
        {
            return new EnvLocalGitReport(EnvLocalGitState.Tracked, exception.Message);
        }

        return check.FailureReason is { } failureReason ? new EnvLocalGitReport(EnvLocalGitState.Unknown, failureReason)
            : check.NotIgnored is [var (_, command), ..] ? new EnvLocalGitReport(EnvLocalGitState.NotIgnored, command)
            : new EnvLocalGitReport(EnvLocalGitState.Ignored, null);
    }

    /// <summary>Returns the path; never a value.</summary>
    /// <returns>The <see cref="Path"/>.</returns>
    public override string ToString() => Path;
}
