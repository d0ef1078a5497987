using NodeData.Cli.Failures;

namespace NodeData.Cli.Git;

/// <summary>A git repository that a folder lies in.</summary>
internal sealed class Repository
{
    private const string NoRepository = "not a git repository";

    private Repository(GitProgram git, string top, bool isBare, bool isShallow) =>
        (Git, Top, IsBare, IsShallow) = (git, top, isBare, isShallow);

    /// <summary>Git, at work at the top.</summary>
    public GitProgram Git { get; }

    /// <summary>The top of the working tree; of a bare repository its folder.</summary>
    public string Top { get; }

    public bool IsBare { get; }

    /// <summary>Whether the history was cut off when the repository was cloned.</summary>
    public bool IsShallow { get; }

    /// <summary>The repository of a folder; null where there is none.</summary>
    /// <exception cref="CommandFailedException">There is one, and git does not want to work on it.</exception>
    public static Repository? Of(GitProgram git)
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
        var answers = run.ReadAll().Split('\n');
        if (run.End() == 0)
        {
            return new Repository(git.In(answers[4]), answers[4], isBare: false, answers[1] == "true");
        }

        if (answers.Length < 4)
        {
            return run.Complaint.Contains(NoRepository, StringComparison.Ordinal) ? null : throw run.Failed();
        }

        return answers[0] == "true"
            ? new Repository(git.In(answers[2]), answers[2], isBare: true, answers[1] == "true")
            : throw CommandFailedException.Usage(
                $"{git.Folder} lies inside {answers[2]}, where git keeps its own. Go to the working tree."
            );
    }

    /// <exception cref="CommandFailedException">There is none.</exception>
    public static Repository Require(string folder) =>
        Of(GitProgram.Require(folder)) ?? throw CommandFailedException.Usage($"{folder} lies in no git repository.");

    /// <exception cref="CommandFailedException">It is bare.</exception>
    public Repository WithWorkingTree() =>
        IsBare ? throw CommandFailedException.Usage($"{Top} is a bare repository: nothing is staged or committed there.") : this;
}
