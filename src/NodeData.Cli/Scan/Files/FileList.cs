using NodeData.Cli.Failures;
using NodeData.Cli.Git;

namespace NodeData.Cli.Scan.Files;

/// <summary>Lists the files to look at: of a git repository those that git keeps or would keep, elsewhere every one.</summary>
internal sealed class FileList(GitProgram? git)
{
    private const char ReplacementCharacter = '\uFFFD';
    private const string GitFolder = ".git";
    private static readonly EnumerationOptions AllEntries = new() { AttributesToSkip = 0, IgnoreInaccessible = false };
    private readonly SortedSet<string> _files = new(StringComparer.Ordinal);

    /// <summary>Folders that could not be listed, each with why.</summary>
    public List<string> Unread { get; } = [];

    /// <summary>The files, without repetition, in the order of their paths.</summary>
    public IReadOnlyCollection<string> Files => _files;

    /// <summary>Adds a file, or what a folder holds. A file that is named is looked at even where git ignores it.</summary>
    /// <exception cref="CommandFailedException">There is no such file or folder.</exception>
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
            throw CommandFailedException.Usage($"There is no file or folder {path}.");
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
                // Git keeps where it leads to, not what is there.
            }
            else if (File.Exists(path))
            {
                _files.Add(path);
            }
            else if (Directory.Exists(path))
            {
                // A repository inside this one: git lists it, and not what it holds.
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
        catch (Exception failure) when (failure is UnauthorizedAccessException or IOException)
        {
            Unread.Add(failure.Message);
        }
    }
}
