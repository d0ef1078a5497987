using NodeData.Cli.Failures;
using NodeData.Cli.Output;
using NodeData.Sdk;

namespace NodeData.Cli.Sinks;

/// <summary>A variable in the nearest <c>.env.local</c>, or in a new one in the working folder. Every other line stays as it is.</summary>
/// <param name="terminal">Where the tool runs.</param>
/// <param name="variable">The variable's name.</param>
internal sealed class EnvLocalVariable(Terminal terminal, string variable)
{
    private const string FileName = ".env.local";

    private readonly EnvLocalFile? _file = EnvLocalFile.FindNearest(terminal.Folder);

    /// <summary>The file, whether it is there or not.</summary>
    public string Path => _file?.Path ?? System.IO.Path.Combine(terminal.Folder, FileName);

    /// <summary>Looks whether the secret may go there. Changes nothing.</summary>
    /// <param name="allowReplace">Whether a value that is there already may be lost.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CommandFailedException">Git keeps the file or would, something else is in the place, or it cannot be written.</exception>
    /// <exception cref="NodeDataConfigurationException">A line of the file cannot be read.</exception>
    public async Task CheckAsync(bool allowReplace, CancellationToken cancellationToken)
    {
        if (_file?.GetValue(variable) is not null && !allowReplace)
        {
            throw CommandFailedException.Usage(
                $"{variable} is set in {Path} already, and what is written over is lost. Replace it with --overwrite, rotate that key (keys rotate), or name another place."
            );
        }

        var target = GetTarget();
        // A pipe, as password managers serve such files.
        if (_file is { Names.Count: > 0 } && new FileInfo(target).Length == 0)
        {
            throw CommandFailedException.Usage(
                $"{target} is no plain file, so nothing can be put into it. Use what serves it, or take it away."
            );
        }

        OwnerOnlyFile.RequireWritable(System.IO.Path.GetDirectoryName(target)!, "env-local");
        await new GitRules(terminal).RequireIgnoredAsync(target, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sets the variable. The file is replaced as a whole, and may then be read by its owner alone.</summary>
    public void Set(string value)
    {
        var target = GetTarget();
        var content = File.Exists(target) ? File.ReadAllBytes(target) : [];
        OwnerOnlyFile.Replace(target, EnvLocalText.Set(content, variable, value));
    }

    // Worktrees share such a file by a link; what it leads to is written, and the link stays.
    private string GetTarget() =>
        new FileInfo(Path).LinkTarget is null ? Path : File.ResolveLinkTarget(Path, returnFinalTarget: true)!.FullName;
}
