using NodeData.Cli.Failures;

namespace NodeData.Cli.Git;

/// <summary>A git repository that a folder lies in.</summary>
internal sealed class Repository
{
    private const string NoRepository = "not a git repository";

    private Repository(GitProgram git, string top, bool isBare) => (Git, Top, IsBare) = (git, top, isBare);

    /// <summary>Git, at work at the top.</summary>
    public GitProgram Git { get; }

    /// <summary>The top of the working tree; of a bare repository its folder.</summary>
    public string Top { get; }

    public bool IsBare { get; }

    /// <summary>Whether the history was cut off when the repository was cloned.</summary>
    public bool IsShallow => Git.Ask("rev-parse", "--is-shallow-repository") == "true";

    /// <summary>The repository of a folder; null where there is none.</summary>
    /// <exception cref="CommandFailedException">There is one, and git does not want to work on it.</exception>
    public static Repository? Of(GitProgram git)
    {
        using var run = git.Start("rev-parse", "--is-inside-work-tree", "--is-bare-repository");
        var answers = run.ReadAll().Split('\n');
        if (run.End() != 0 && run.Complaint.Contains(NoRepository, StringComparison.Ordinal))
        {
            return null;
        }

        run.Require();
        if (answers[0] == "true")
        {
            var top = git.Ask("rev-parse", "--show-toplevel");
            return new Repository(git.In(top), top, isBare: false);
        }

        var folder = git.Ask("rev-parse", "--absolute-git-dir");
        return answers[1] == "true"
            ? new Repository(git.In(folder), folder, isBare: true)
            : throw CommandFailedException.Usage($"{git.Folder} lies inside {folder}, where git keeps its own. Go to the working tree.");
    }

    /// <exception cref="CommandFailedException">There is none.</exception>
    public static Repository Require(string folder) =>
        Of(GitProgram.Require(folder)) ?? throw CommandFailedException.Usage($"{folder} lies in no git repository.");

    /// <exception cref="CommandFailedException">It is bare.</exception>
    public Repository WithWorkingTree() =>
        IsBare ? throw CommandFailedException.Usage($"{Top} is a bare repository: nothing is staged or committed there.") : this;
}
