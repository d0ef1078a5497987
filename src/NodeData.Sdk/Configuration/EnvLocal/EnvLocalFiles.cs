using System.Text;

namespace NodeData.Sdk.Configuration.EnvLocal;

/// <summary>Finds and reads <c>.env.local</c> and <c>.env</c> files in a content root and the folders above it, up to the root of the repository.</summary>
internal static class EnvLocalFiles
{
    public const string FileName = ".env.local";

    private const string SharedFileName = ".env";
    private const int MaxBytes = 1024 * 1024;

    /// <summary>Finds the nearest <c>.env.local</c>; null if there is none.</summary>
    public static string? FindNearest(string contentRoot) =>
        GetSearchFolders(contentRoot).Select(folder => Path.Combine(folder, FileName)).FirstOrDefault(File.Exists);

    /// <summary>Finds every <c>.env.local</c> and <c>.env</c> in these folders that contains a secret of the service.</summary>
    public static IEnumerable<string> FindWithSecrets(string contentRoot) =>
        GetSearchFolders(contentRoot)
            .SelectMany(folder => new[] { Path.Combine(folder, FileName), Path.Combine(folder, SharedFileName) })
            .Where(file => File.Exists(file) && HasSecrets(file));

    /// <exception cref="NodeDataConfigurationException">The file cannot be read.</exception>
    public static string Read(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            // The length is not queried: password managers provide such a file as a pipe.
            var bytes = new byte[MaxBytes + 1];
            var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (length > MaxBytes)
            {
                throw new NodeDataConfigurationException($"{path} is larger than {MaxBytes} bytes. It must contain NAME=value lines.");
            }

            // The reader also detects UTF-16 by its byte order mark: some shells write it.
            using var reader = new StreamReader(new MemoryStream(bytes, 0, length), Encoding.UTF8);
            return reader.ReadToEnd();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new NodeDataConfigurationException(
                $"{path} cannot be read ({exception.GetType().Name}). Correct its owner or mode, or remove the file.",
                exception
            );
        }
    }

    private static bool HasSecrets(string file)
    {
        try
        {
            return EnvSecretScanner.ContainsSecret(Read(file));
        }
        catch (NodeDataConfigurationException) when (Path.GetFileName(file) == SharedFileName)
        {
            // The client reads .env for this check only, so an unreadable .env is not an error.
            return false;
        }
    }

    // Without a repository, only the content root itself: a file in a parent folder, such as the shared /tmp, may belong to another user.
    private static IEnumerable<string> GetSearchFolders(string contentRoot)
    {
        var folders = new List<string>();
        for (var folder = new DirectoryInfo(contentRoot); folder is not null; folder = folder.Parent)
        {
            folders.Add(folder.FullName);
            var git = Path.Combine(folder.FullName, ".git");
            // In a linked worktree and in a submodule, .git is a file.
            if (Directory.Exists(git) || File.Exists(git))
            {
                return folders;
            }
        }

        return folders.Take(1);
    }
}
