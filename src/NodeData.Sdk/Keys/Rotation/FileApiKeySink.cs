using NodeData.Sdk.Credentials;

namespace NodeData.Sdk;

/// <summary>
/// Deploys a key to a file that contains only the key, in the format that the reference <c>file:PATH</c> reads. The file is replaced atomically, so that a
/// reader gets either the old key or the new one; it is flushed to the disk, and only its owner can read it (0600).
/// </summary>
public sealed class FileApiKeySink : IApiKeySink
{
    private readonly string _path;

    /// <summary>Initializes a new instance of the <see cref="FileApiKeySink"/> class for a file.</summary>
    /// <param name="path">
    /// The path of the file, whose directory must exist. A symbolic link, a file of another user and a directory in which others can replace files are
    /// rejected.
    /// </param>
    public FileApiKeySink(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        _path = Path.GetFullPath(path);
    }

    /// <inheritdoc/>
    public string Name => $"file {_path}";

    /// <inheritdoc/>
    /// <exception cref="NodeDataConfigurationException">The file must not be written; the exception message contains the reason.</exception>
    public Task DeployAsync(CreatedApiKey key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        var directory = Path.GetDirectoryName(_path)!;
        if (!Directory.Exists(directory))
        {
            throw new NodeDataConfigurationException(
                $"The directory '{directory}' for the key does not exist. Create it, or correct the path."
            );
        }

        PrivateFile.EnsureNotWritableByOthers(directory, allowSticky: true);
        return PrivateFile.WriteAsync(_path, key.Reveal() + "\n", cancellationToken);
    }
}
