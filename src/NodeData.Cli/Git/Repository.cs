using NodeData.Cli.Failures;

namespace NodeData.Cli.Git;

/// <summary>A git repository that a folder lies in.</summary>
internal sealed class Repository
{
    private const string NotRepositoryMessage = "not a git repository";

    private Repository(GitProgram git, string topLevel, bool isBare, bool isShallow) =>
        (Git, TopLevel, IsBare, IsShallow) = (git, topLevel, isBare, isShallow);

    /// <summary>Git, at work at the top.</summary>
    public GitProgram Git { get; }

    /// <summary>The top of the working tree; of a bare repository its folder.</summary>
    public string TopLevel { get; }

    public bool IsBare { get; }

    /// <summary>Whether the history was cut off when the repository was cloned.</summary>
    public bool IsShallow { get; }

    /// <summary>The repository of a folder; null where there is none.</summary>
    /// <exception cref="CommandFailedException">There is one, and git does not want to work on it.</exception>
    public static Repository? Find(GitProgram git)
    {
        // The last question is the one that a bare repository has no answer to.
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
            : throw CommandFailedException.Usage($"{git.Folder} lies inside {lines[2]}, where git keeps its own. Go to the working tree.");
    }

    /// <exception cref="CommandFailedException">There is none.</exception>
    public static Repository Require(string folder) =>
        Find(GitProgram.Require(folder)) ?? throw CommandFailedException.Usage($"{folder} lies in no git repository.");

    /// <exception cref="CommandFailedException">It is bare.</exception>
    public Repository RequireWorkingTree() =>
        IsBare ? throw CommandFailedException.Usage($"{TopLevel} is a bare repository: nothing is staged or committed there.") : this;
}
