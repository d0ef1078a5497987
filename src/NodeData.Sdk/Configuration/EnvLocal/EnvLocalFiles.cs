using System.Text;

namespace NodeData.Sdk.Configuration.EnvLocal;

/// <summary>The files of a content root and the folders above it, up to the repository's root.</summary>
internal static class EnvLocalFiles
{
    public const string Loaded = ".env.local";

    private const string Shared = ".env";
    private const int MaximumBytes = 1024 * 1024;

    /// <summary>The nearest <c>.env.local</c>, or null.</summary>
    public static string? Nearest(string contentRoot) =>
        FoldersFrom(contentRoot).Select(folder => Path.Combine(folder, Loaded)).FirstOrDefault(File.Exists);

    /// <summary>Every <c>.env.local</c> and <c>.env</c> on the way that holds a secret of the service.</summary>
    public static IEnumerable<string> WithSecrets(string contentRoot) =>
        FoldersFrom(contentRoot)
            .SelectMany(folder => new[] { Path.Combine(folder, Loaded), Path.Combine(folder, Shared) })
            .Where(file => File.Exists(file) && HasSecrets(file));

    /// <exception cref="NodeDataConfigurationException">The file cannot be read.</exception>
    public static string Read(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            // Its length is not asked for: password managers serve such a file as a pipe.
            var bytes = new byte[MaximumBytes + 1];
            var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (length > MaximumBytes)
            {
                throw new NodeDataConfigurationException($"{path} holds more than {MaximumBytes} bytes. It is to hold NAME=value lines.");
            }

            // Tells UTF-16 by its byte order mark as well: some shells write it.
            using var reader = new StreamReader(new MemoryStream(bytes, 0, length), Encoding.UTF8);
            return reader.ReadToEnd();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new NodeDataConfigurationException(
                $"{path} cannot be read ({failure.GetType().Name}). Correct its owner or mode, or take it away.",
                failure
            );
        }
    }

    private static bool HasSecrets(string file)
    {
        try
        {
            return EnvSecrets.AreIn(Read(file));
        }
        catch (NodeDataConfigurationException) when (Path.GetFileName(file) == Shared)
        {
            // It is another program's, and not read for more than this look.
            return false;
        }
    }

    // Without a repository only the content root itself: further up, in a shared folder such as /tmp, anybody may have put one.
    private static IEnumerable<string> FoldersFrom(string contentRoot)
    {
        var folders = new List<string>();
        for (var folder = new DirectoryInfo(contentRoot); folder is not null; folder = folder.Parent)
        {
            folders.Add(folder.FullName);
            var git = Path.Combine(folder.FullName, ".git");
            // A file in a linked worktree and in a submodule.
            if (Directory.Exists(git) || File.Exists(git))
            {
                return folders;
            }
        }

        return folders.Take(1);
    }
}
