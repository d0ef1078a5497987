namespace NodeData.Sdk.Configuration.EnvLocal;

/// <summary>Checks with git whether files with secrets are tracked or ignored.</summary>
internal sealed class GitCheck(GitCommand git)
{
    /// <summary>Gets the files that the next <c>git add</c> would add, each with the command that prevents it.</summary>
    public List<(string Path, string Command)> NotIgnored { get; } = [];

    /// <summary>Gets the reason why git could not check the files; null if it could.</summary>
    public string? FailureReason { get; private set; }

    /// <summary>Checks files. Stops at the first file that git cannot check.</summary>
    /// <exception cref="NodeDataConfigurationException">Git tracks one of the files.</exception>
    public void Inspect(IEnumerable<string> files)
    {
        foreach (var file in files)
        {
            Inspect(file);
            if (FailureReason is not null)
            {
                return;
            }
        }
    }

    private static string QuoteForShell(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private void Inspect(string path)
    {
        // For a symbolic link, git tracks only the target path; the secret is in the target file.
        var file = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        var folder = Path.GetDirectoryName(file)!;
        var name = Path.GetFileName(file);
        var ignore = $"echo {QuoteForShell($"/{name}")} >> {QuoteForShell(Path.Combine(folder, ".gitignore"))}";

        if (RunQuery(folder, "--literal-pathspecs", "ls-files", "--error-unmatch", "--", name) is not { } isTracked)
        {
            return;
        }

        if (isTracked)
        {
            throw new NodeDataConfigurationException(
                $"{file} holds a Node Data secret, and git tracks it: everyone with access to the repository has the secret. Run:{Environment.NewLine}"
                    + $"  git -C {QuoteForShell(folder)} rm --cached -- {QuoteForShell(name)}{Environment.NewLine}"
                    + $"  {ignore}{Environment.NewLine}"
                    + "and commit both. Then rotate the secret (create a new one, deploy it, revoke the old one): the committed secret stays in the history."
            );
        }

        // check-ignore has no --literal-pathspecs; ./ prevents a name that starts with a colon from being read as a pathspec.
        if (RunQuery(folder, "check-ignore", "--quiet", "--", $"./{name}") is false)
        {
            NotIgnored.Add((file, ignore));
        }
    }

    // Both commands exit with 0 for yes, 1 for no, and 128 if they cannot determine it: no repository, or a repository of another user.
    private bool? RunQuery(string folder, params ReadOnlySpan<string> arguments)
    {
        var (exitCode, failureReason) = git.Run(folder, arguments);
        if (exitCode is 0 or 1)
        {
            return exitCode == 0;
        }

        FailureReason = failureReason ?? $"git exited with code {exitCode}";
        return null;
    }
}
