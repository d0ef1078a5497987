using NodeData.Sdk.Credentials;

namespace NodeData.Sdk;

/// <summary>
/// A file that holds the key alone, as the reference <c>file:PATH</c> reads it. It is replaced as a whole, so that a reader finds the old key or the new one
/// and never half of one, is on the disk when that is done, and may be read by its owner alone (0600).
/// </summary>
public sealed class FileApiKeySink : IApiKeySink
{
    private readonly string _path;

    /// <summary>A sink for a file.</summary>
    /// <param name="path">
    /// The file; its folder must be there. A symbolic link, a file of another user and a folder in which others may replace files are refused.
    /// </param>
    public FileApiKeySink(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        _path = Path.GetFullPath(path);
    }

    /// <inheritdoc/>
    public string Name => $"file {_path}";

    /// <inheritdoc/>
    /// <exception cref="NodeDataConfigurationException">The file must not be written; the message says why.</exception>
    public Task DeployAsync(CreatedApiKey key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        var directory = Path.GetDirectoryName(_path)!;
        if (!Directory.Exists(directory))
        {
            throw new NodeDataConfigurationException($"There is no folder '{directory}' for the key. Make it, or correct the path.");
        }

        PrivateFile.EnsureNotWritableByOthers(directory, allowSticky: true);
        return PrivateFile.WriteAsync(_path, key.Reveal() + "\n", cancellationToken);
    }
}
