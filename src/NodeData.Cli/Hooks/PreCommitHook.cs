using System.Text;
using NodeData.Cli.Failures;
using NodeData.Cli.Git;

namespace NodeData.Cli.Hooks;

/// <summary>The hook that git runs before each commit, where git says it is: <c>core.hooksPath</c> and linked worktrees included.</summary>
internal sealed class PreCommitHook
{
    private const string Name = "pre-commit";
    private const UnixFileMode ExecutableMode =
        UnixFileMode.UserRead
        | UnixFileMode.UserWrite
        | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead
        | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead
        | UnixFileMode.OtherExecute;

    private readonly bool _isHusky;

    private PreCommitHook(Repository repository, string folder)
    {
        // Husky writes the folder that git knows anew with each npm install, and from there calls a file beside it.
        _isHusky = Path.GetFileName(folder) == "_" && Path.GetFileName(Path.GetDirectoryName(folder)) == ".husky";
        Repository = repository;
        FilePath = Path.Combine(_isHusky ? Path.GetDirectoryName(folder)! : folder, Name);
    }

    public Repository Repository { get; }

    public string FilePath { get; }

    /// <summary>The hook that was there, where it is no script that the scan can stand in.</summary>
    public string PreviousPath => FilePath + HookScript.PreviousSuffix;

    public bool Exists => File.Exists(FilePath) || IsLink;

    /// <summary>Whether the scan is in it.</summary>
    public bool IsInstalled => Exists && !IsLink && HookScript.ContainsScan(Read());

    /// <summary>Whether git runs it.</summary>
    public bool IsExecutable =>
        _isHusky || OperatingSystem.IsWindows() || (Exists && (File.GetUnixFileMode(FilePath) & UnixFileMode.UserExecute) != 0);

    /// <summary>Whether other repositories have the same hooks: then <c>core.hooksPath</c> comes from a configuration of the user or the machine.</summary>
    public bool IsShared =>
        Repository.Git.TryGetOutput("config", "--show-scope", "--get", "core.hooksPath")?.Split('\t')[0] is "global" or "system";

    private bool IsLink => new FileInfo(FilePath).LinkTarget is not null;

    /// <exception cref="CommandFailedException">There is no repository with a working tree, or hooks are turned off.</exception>
    public static PreCommitHook Find(string folder)
    {
        var repository = Repository.Require(folder).RequireWorkingTree();
        var hooks = Path.GetFullPath(repository.Git.GetOutput("rev-parse", "--git-path", "hooks"), repository.TopLevel);
        return File.Exists(hooks)
            ? throw CommandFailedException.Usage($"core.hooksPath is {hooks}, which is no folder: git runs no hooks here.")
            : new PreCommitHook(repository, hooks);
    }

    /// <summary>Puts the scan in; an older one is replaced.</summary>
    /// <exception cref="CommandFailedException">There is a hook that git does not run.</exception>
    public void Install()
    {
        if (!Exists)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(FilePath)!);
            Write(HookScript.Standalone, ExecutableMode);
            return;
        }

        if (!IsExecutable)
        {
            throw CommandFailedException.Usage(
                $"{FilePath} is there but not executable, so git does not run it, and the scan in it would turn it on. Make it executable (chmod +x) or move it away."
            );
        }

        if (!IsLink && HookScript.IsShell(Read()))
        {
            Write(HookScript.Insert(Read()), GetMode(FilePath));
        }
        else if (Path.Exists(PreviousPath) || new FileInfo(PreviousPath).LinkTarget is not null)
        {
            throw CommandFailedException.Usage(
                $"{FilePath} would be moved to {PreviousPath}, and that is there already. Look at both, and move one away."
            );
        }
        else
        {
            File.Move(FilePath, PreviousPath);
            Write(HookScript.Chain, ExecutableMode);
        }
    }

    /// <summary>Takes the scan out, and leaves what was there before it.</summary>
    /// <returns>Whether it was in.</returns>
    public bool Uninstall()
    {
        if (!IsInstalled)
        {
            return false;
        }

        if (HookScript.IsChain(Read()))
        {
            File.Move(PreviousPath, FilePath, overwrite: true);
        }
        else if (HookScript.Remove(Read()) is { } rest)
        {
            Write(rest, GetMode(FilePath));
        }
        else
        {
            File.Delete(FilePath);
        }

        return true;
    }

    /// <summary>Tries it with a made-up key, apart from the index.</summary>
    /// <returns>Why it does not stop a commit with a secret; null where it does.</returns>
    public string? GetFailureReason() =>
        !IsInstalled ? "the scan is not installed (node-data hooks install)"
        : !IsExecutable ? "the hook is not executable, so git does not run it (chmod +x)"
        : HookProbe.GetFailureReason(this);

    private static UnixFileMode GetMode(string path) => OperatingSystem.IsWindows() ? ExecutableMode : File.GetUnixFileMode(path);

    private string Read() => File.ReadAllText(FilePath, Encoding.Latin1);

    // Whole or not at all: git may be about to run it.
    private void Write(string hook, UnixFileMode mode)
    {
        var temporaryPath = FilePath + ".new-node-data";
        File.WriteAllBytes(temporaryPath, Encoding.Latin1.GetBytes(hook));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(temporaryPath, mode);
        }

        File.Move(temporaryPath, FilePath, overwrite: true);
    }
}
