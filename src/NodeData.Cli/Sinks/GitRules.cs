using NodeData.Cli.Failures;
using NodeData.Cli.Output;

namespace NodeData.Cli.Sinks;

/// <summary>Keeps secrets out of git: a file is written only if git neither tracks it nor would add it with the next <c>git add</c>.</summary>
internal sealed class GitRules(Terminal terminal)
{
    private readonly SinkProgram _git = new(terminal, "git");

    /// <exception cref="CommandFailedException">Git tracks the file or does not ignore it. The message has the commands to run.</exception>
    public async Task RequireIgnoredAsync(string path, CancellationToken cancellationToken)
    {
        if (!_git.IsInstalled)
        {
            return;
        }

        var folder = Path.GetDirectoryName(path)!;
        var name = Path.GetFileName(path);
        var ignoreCommand = $"echo {ShellText.Quote($"/{name}")} >> {ShellText.Quote(Path.Combine(folder, ".gitignore"))}";
        if (
            await RunQueryAsync(folder, ["--literal-pathspecs", "ls-files", "--error-unmatch", "--", name], cancellationToken)
                .ConfigureAwait(false)
            is true
        )
        {
            throw CommandFailedException.Usage(
                $"Git tracks {path}, so everyone with access to the repository would get the secret. Run: git -C {ShellText.Quote(folder)} rm --cached -- {ShellText.Quote(name)} && {ignoreCommand}"
            );
        }

        if (await RunQueryAsync(folder, ["check-ignore", "--quiet", "--", $"./{name}"], cancellationToken).ConfigureAwait(false) is false)
        {
            throw CommandFailedException.Usage(
                $"Git does not ignore {path}, so the next `git add` would include the secret. Run: {ignoreCommand}"
            );
        }
    }

    // Both commands exit with 0 for yes, 1 for no, and 128 outside a repository.
    private async Task<bool?> RunQueryAsync(string folder, string[] arguments, CancellationToken cancellationToken)
    {
        var run = await _git.RunAsync(["-C", folder, "--no-optional-locks", "-c", "core.fsmonitor=false", .. arguments], cancellationToken)
            .ConfigureAwait(false);
        return run.Code switch
        {
            0 => true,
            1 => false,
            _ => null,
        };
    }
}
