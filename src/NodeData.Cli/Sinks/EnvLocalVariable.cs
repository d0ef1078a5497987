using NodeData.Cli.Failures;
using NodeData.Cli.Output;
using NodeData.Sdk;

namespace NodeData.Cli.Sinks;

/// <summary>A variable in the nearest <c>.env.local</c>, or in a new file in the working directory. All other lines stay unchanged.</summary>
/// <param name="terminal">The environment of the tool.</param>
/// <param name="variable">The variable's name.</param>
internal sealed class EnvLocalVariable(Terminal terminal, string variable)
{
    private const string FileName = ".env.local";

    private readonly EnvLocalFile? _file = EnvLocalFile.FindNearest(terminal.Folder);

    /// <summary>The path of the file, which may not exist yet.</summary>
    public string Path => _file?.Path ?? System.IO.Path.Combine(terminal.Folder, FileName);

    /// <summary>Checks whether the secret can be stored. Changes nothing.</summary>
    /// <param name="allowReplace">Whether an existing value may be replaced.</param>
    /// <param name="cancellationToken">Cancels the check.</param>
    /// <exception cref="CommandFailedException">Git does not ignore the file, the variable is already set, or the file cannot be written.</exception>
    /// <exception cref="NodeDataConfigurationException">A line of the file cannot be parsed.</exception>
    public async Task CheckAsync(bool allowReplace, CancellationToken cancellationToken)
    {
        if (_file?.GetValue(variable) is not null && !allowReplace)
        {
            throw CommandFailedException.Usage(
                $"{variable} is already set in {Path}, and an overwritten value is lost. Replace it with --overwrite, rotate that key (keys rotate), or use another sink."
            );
        }

        var target = GetTarget();
        // A named pipe, as password managers provide such files.
        if (_file is { Names.Count: > 0 } && new FileInfo(target).Length == 0)
        {
            throw CommandFailedException.Usage(
                $"{target} is not a regular file and cannot be written. Store the secret in the program that provides the file, or remove the file."
            );
        }

        OwnerOnlyFile.RequireWritable(System.IO.Path.GetDirectoryName(target)!, "env-local");
        await new GitRules(terminal).RequireIgnoredAsync(target, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sets the variable. The file is replaced as a whole, and only its owner can then read it.</summary>
    public void Set(string value)
    {
        var target = GetTarget();
        var content = File.Exists(target) ? File.ReadAllBytes(target) : [];
        OwnerOnlyFile.Replace(target, EnvLocalText.Set(content, variable, value));
    }

    // Worktrees may share the file through a symbolic link. The target is written, and the link stays.
    private string GetTarget() =>
        new FileInfo(Path).LinkTarget is null ? Path : File.ResolveLinkTarget(Path, returnFinalTarget: true)!.FullName;
}
