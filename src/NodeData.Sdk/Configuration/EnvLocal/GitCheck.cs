namespace NodeData.Sdk.Configuration.EnvLocal;

/// <summary>What git makes of the files with secrets.</summary>
internal sealed class GitCheck(GitCommand git)
{
    /// <summary>Files that git would take in with the next <c>git add</c>, each with the command that prevents it.</summary>
    public List<(string Path, string Command)> NotIgnored { get; } = [];

    /// <summary>Why git could not be asked; null where it was.</summary>
    public string? Failure { get; private set; }

    /// <summary>Looks at files until git cannot be asked.</summary>
    /// <exception cref="NodeDataConfigurationException">Git tracks one of them.</exception>
    public void Inspect(IEnumerable<string> files)
    {
        foreach (var file in files)
        {
            Inspect(file);
            if (Failure is not null)
            {
                return;
            }
        }
    }

    private static string QuoteForShell(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private void Inspect(string path)
    {
        // Of a link git keeps where it leads to; the secret is in the file at its end.
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
                $"{file} holds a Node Data secret, and git tracks it: whoever has the repository has the secret. Run:{Environment.NewLine}"
                    + $"  git -C {QuoteForShell(folder)} rm --cached -- {QuoteForShell(name)}{Environment.NewLine}"
                    + $"  {ignore}{Environment.NewLine}"
                    + "and commit both. Then rotate the secret (make a new one, deploy it, revoke the old one): what was committed stays in the history."
            );
        }

        // It knows no pathspecs; ./ keeps a name with a colon in front from being taken for one.
        if (RunQuery(folder, "check-ignore", "--quiet", "--", $"./{name}") is false)
        {
            NotIgnored.Add((file, ignore));
        }
    }

    // Both commands end with 0 for yes, 1 for no, and 128 where they cannot tell: no repository, or one of another user's.
    private bool? RunQuery(string folder, params ReadOnlySpan<string> arguments)
    {
        var (exitCode, failure) = git.Run(folder, arguments);
        if (exitCode is 0 or 1)
        {
            return exitCode == 0;
        }

        Failure = failure ?? $"git ended with {exitCode}";
        return null;
    }
}
