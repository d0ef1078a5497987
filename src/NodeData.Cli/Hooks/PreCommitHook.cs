using System.Text;
using NodeData.Cli.Failures;
using NodeData.Cli.Git;

namespace NodeData.Cli.Hooks;

/// <summary>The pre-commit hook at the path that git reports, which respects <c>core.hooksPath</c> and linked worktrees.</summary>
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
        // Husky recreates the directory that git uses with each npm install; its hooks call a file in the parent directory.
        _isHusky = Path.GetFileName(folder) == "_" && Path.GetFileName(Path.GetDirectoryName(folder)) == ".husky";
        Repository = repository;
        FilePath = Path.Combine(_isHusky ? Path.GetDirectoryName(folder)! : folder, Name);
    }

    public Repository Repository { get; }

    public string FilePath { get; }

    /// <summary>The path of the previous hook if that is not a shell script.</summary>
    public string PreviousPath => FilePath + HookScript.PreviousSuffix;

    public bool Exists => File.Exists(FilePath) || IsLink;

    /// <summary>Whether the hook contains the scan.</summary>
    public bool IsInstalled => Exists && !IsLink && HookScript.ContainsScan(Read());

    /// <summary>Whether git runs it.</summary>
    public bool IsExecutable =>
        _isHusky || OperatingSystem.IsWindows() || (Exists && (File.GetUnixFileMode(FilePath) & UnixFileMode.UserExecute) != 0);

    /// <summary>Whether other repositories share the hook: <c>core.hooksPath</c> is set in the global or system configuration.</summary>
    public bool IsShared =>
        Repository.Git.TryGetOutput("config", "--show-scope", "--get", "core.hooksPath")?.Split('\t')[0] is "global" or "system";

    private bool IsLink => new FileInfo(FilePath).LinkTarget is not null;

    /// <summary>Finds the hook of the repository of a directory.</summary>
    /// <exception cref="CommandFailedException">There is no repository with a working tree, or hooks are disabled.</exception>
    public static PreCommitHook Find(string folder)
    {
        var repository = Repository.Require(folder).RequireWorkingTree();
        var hooks = Path.GetFullPath(repository.Git.GetOutput("rev-parse", "--git-path", "hooks"), repository.TopLevel);
        return File.Exists(hooks)
            ? throw CommandFailedException.Usage($"core.hooksPath is {hooks}, which is not a directory: git runs no hooks here.")
            : new PreCommitHook(repository, hooks);
    }

    /// <summary>Installs the scan, and replaces that of an earlier version.</summary>
    /// <exception cref="CommandFailedException">There is a hook that is not executable, or the previous hook cannot be renamed.</exception>
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
                $"{FilePath} exists but is not executable, so git does not run it; installing the scan would enable it. Make it executable (chmod +x) or move it away."
            );
        }

        if (!IsLink && HookScript.IsShell(Read()))
        {
            Write(HookScript.Insert(Read()), GetMode(FilePath));
        }
        else if (Path.Exists(PreviousPath) || new FileInfo(PreviousPath).LinkTarget is not null)
        {
            throw CommandFailedException.Usage(
                $"{FilePath} would be renamed to {PreviousPath}, which already exists. Check both files, and move one away."
            );
        }
        else
        {
            File.Move(FilePath, PreviousPath);
            Write(HookScript.Chain, ExecutableMode);
        }
    }

    /// <summary>Removes the scan and restores the previous hook.</summary>
    /// <returns>Whether the scan was installed.</returns>
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

    /// <summary>Tests the hook with a generated key, without changing the index.</summary>
    /// <returns>The reason why it does not block a commit with a secret; null if it does.</returns>
    public string? GetFailureReason() =>
        !IsInstalled ? "the scan is not installed (node-data hooks install)"
        : !IsExecutable ? "the hook is not executable, so git does not run it (chmod +x)"
        : HookProbe.GetFailureReason(this);

    private static UnixFileMode GetMode(string path) => OperatingSystem.IsWindows() ? ExecutableMode : File.GetUnixFileMode(path);

    private string Read() => File.ReadAllText(FilePath, Encoding.Latin1);

    // Atomic, because git may be about to run it.
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
