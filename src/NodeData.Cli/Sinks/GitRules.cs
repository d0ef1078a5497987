using NodeData.Cli.Failures;
using NodeData.Cli.Output;

namespace NodeData.Cli.Sinks;

/// <summary>Keeps secrets out of git: a file is only written where git neither keeps it nor would with the next <c>git add</c>.</summary>
internal sealed class GitRules(Terminal terminal)
{
    private readonly SinkProgram _git = new(terminal, "git");

    /// <exception cref="CommandFailedException">Git keeps the file, or does not ignore it; the message has the commands.</exception>
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
                $"Git keeps {path}, so a secret in it goes to everybody who has the repository. Run: git -C {ShellText.Quote(folder)} rm --cached -- {ShellText.Quote(name)} && {ignoreCommand}"
            );
        }

        if (await RunQueryAsync(folder, ["check-ignore", "--quiet", "--", $"./{name}"], cancellationToken).ConfigureAwait(false) is false)
        {
            throw CommandFailedException.Usage(
                $"Git does not ignore {path}, and would take the secret in with the next `git add`. Run: {ignoreCommand}"
            );
        }
    }

    // Both commands end with 0 for yes, 1 for no, and 128 where there is no repository.
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
