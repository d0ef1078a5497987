using NodeData.Cli.Failures;
using NodeData.Cli.Git;

namespace NodeData.Cli.Scan.Files;

/// <summary>Lists the files to scan: in a git repository the tracked files and the untracked ones that are not ignored, elsewhere every file.</summary>
internal sealed class FileList(GitProgram? git)
{
    private const char ReplacementCharacter = '\uFFFD';
    private const string GitFolder = ".git";
    private static readonly EnumerationOptions AllEntries = new() { AttributesToSkip = 0, IgnoreInaccessible = false };
    private readonly SortedSet<string> _files = new(StringComparer.Ordinal);

    /// <summary>The directories that could not be listed, each with the reason.</summary>
    public List<string> Skipped { get; } = [];

    /// <summary>The files, distinct and ordered by path.</summary>
    public IReadOnlyCollection<string> Files => _files;

    /// <summary>Adds a file, or the files of a directory. A file that is passed explicitly is scanned even if git ignores it.</summary>
    /// <exception cref="CommandFailedException">The file or directory does not exist.</exception>
    public void Add(string path)
    {
        if (Directory.Exists(path))
        {
            AddFolder(path);
        }
        else if (File.Exists(path))
        {
            _files.Add(path);
        }
        else
        {
            throw CommandFailedException.Usage($"There is no file or directory {path}.");
        }
    }

    private void AddFolder(string folder)
    {
        if (git is not null && Repository.Find(git.InFolder(folder)) is { IsBare: false })
        {
            AddFilesOfRepository(folder);
        }
        else
        {
            Walk(folder);
        }
    }

    private void AddFilesOfRepository(string folder)
    {
        using var run = git!.InFolder(folder).Start("ls-files", "-z", "--cached", "--others", "--exclude-standard");
        var names = run.ReadAll().Split('\0', StringSplitOptions.RemoveEmptyEntries);
        run.EnsureSuccess();
        foreach (var name in names)
        {
            var path = Path.Combine(folder, name);
            if (new FileInfo(path).LinkTarget is not null)
            {
                // Git stores the target of a link, not its content.
            }
            else if (File.Exists(path))
            {
                _files.Add(path);
            }
            else if (Directory.Exists(path))
            {
                // Git lists a nested repository as one entry, without its files.
                AddFolder(path.TrimEnd('/'));
            }
            else if (name.Contains(ReplacementCharacter, StringComparison.Ordinal))
            {
                _files.Add(path);
            }
        }
    }

    private void Walk(string folder)
    {
        try
        {
            foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos("*", AllEntries))
            {
                if (entry.LinkTarget is not null)
                {
                    continue;
                }

                if (entry is FileInfo)
                {
                    _files.Add(entry.FullName);
                }
                else if (Path.Exists(Path.Combine(entry.FullName, GitFolder)))
                {
                    AddFolder(entry.FullName);
                }
                else if (entry.Name != GitFolder)
                {
                    Walk(entry.FullName);
                }
            }
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            Skipped.Add(exception.Message);
        }
    }
}
