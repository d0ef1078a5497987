using NodeData.Cli.Failures;

namespace NodeData.Cli.Git;

/// <summary>A git repository.</summary>
internal sealed class Repository
{
    private const string NotRepositoryMessage = "not a git repository";

    private Repository(GitProgram git, string topLevel, bool isBare, bool isShallow) =>
        (Git, TopLevel, IsBare, IsShallow) = (git, topLevel, isBare, isShallow);

    /// <summary>Git, run at the top level.</summary>
    public GitProgram Git { get; }

    /// <summary>The top level of the working tree; the directory of a bare repository.</summary>
    public string TopLevel { get; }

    public bool IsBare { get; }

    /// <summary>Whether the repository is a shallow clone.</summary>
    public bool IsShallow { get; }

    /// <summary>Finds the repository of a directory; null if there is none.</summary>
    /// <exception cref="CommandFailedException">There is one, but git rejects it.</exception>
    public static Repository? Find(GitProgram git)
    {
        // The last argument fails in a bare repository.
        using var run = git.Start(
            "rev-parse",
            "--is-bare-repository",
            "--is-shallow-repository",
            "--absolute-git-dir",
            "--is-inside-work-tree",
            "--show-toplevel"
        );
        var lines = run.ReadAll().Split('\n');
        if (run.WaitForExit() == 0)
        {
            return new Repository(git.InFolder(lines[4]), lines[4], isBare: false, lines[1] == "true");
        }

        if (lines.Length < 4)
        {
            return run.ErrorOutput.Contains(NotRepositoryMessage, StringComparison.Ordinal) ? null : throw run.CreateException();
        }

        return lines[0] == "true"
            ? new Repository(git.InFolder(lines[2]), lines[2], isBare: true, lines[1] == "true")
            : throw CommandFailedException.Usage(
                $"{git.Folder} is inside {lines[2]}, the directory of git itself. Change to the working tree."
            );
    }

    /// <summary>Finds the repository of a directory.</summary>
    /// <exception cref="CommandFailedException">There is none.</exception>
    public static Repository Require(string folder) =>
        Find(GitProgram.Require(folder)) ?? throw CommandFailedException.Usage($"{folder} is not in a git repository.");

    /// <summary>Requires a repository with a working tree.</summary>
    /// <exception cref="CommandFailedException">The repository is bare.</exception>
    public Repository RequireWorkingTree() =>
        IsBare ? throw CommandFailedException.Usage($"{TopLevel} is a bare repository: nothing is staged or committed there.") : this;
}
