using System.Security.Cryptography;
using System.Text;
using NodeData.Sdk.Credentials;

namespace NodeData.Sdk;

/// <summary>
/// Keeps the records of rotations as files, one for each, for the processes of one user on one machine. A record is written whole or not at all, is on the disk
/// with its name before the rotation goes on, may be read by its owner alone, and never holds a secret. Records of ended rotations stay, as receipts, until
/// somebody deletes them. Locks are locks of files, which go with their process; on a network file system that has none, only one process may rotate at a
/// time. Safe for use by several threads.
/// </summary>
public sealed class FileApiKeyRotationStore : IApiKeyRotationStore
{
    private const string Suffix = ".rotation.json";

    // What Linux, macOS and Windows answer where somebody else holds the lock.
    private static readonly int[] LockHeldErrors = [11, 35, unchecked((int)0x80070020), unchecked((int)0x80070021)];

    /// <summary>A log in a folder.</summary>
    /// <param name="directory">
    /// The folder, made where it is not there; null, the default, for <c>nodedata/rotations</c> in the user's local application data
    /// (<c>~/.local/share</c> on Linux). Nobody else may be able to write in it.
    /// </param>
    /// <exception cref="NodeDataConfigurationException">No folder was named, and this user has no local application data.</exception>
    public FileApiKeyRotationStore(string? directory = null)
    {
        if (directory is not null)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(directory);
            Directory = Path.GetFullPath(directory);
            return;
        }

        var data = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        Directory =
            data.Length > 0
                ? Path.Combine(data, "nodedata", "rotations")
                : throw new NodeDataConfigurationException(
                    "There is no folder for this user's local application data (HOME is not set), so rotations cannot be written down. Set "
                        + "ApiKeyRotationOptions.Store to a FileApiKeyRotationStore with a folder that outlives this process."
                );
    }

    /// <summary>The folder.</summary>
    public string Directory { get; }

    /// <inheritdoc/>
    /// <exception cref="NodeDataConfigurationException">The folder cannot be used; the message says why.</exception>
    public Task<IAsyncDisposable?> TryLockAsync(string name, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        PrepareDirectory();
        var path = Path.Combine(Directory, $"{GetDigest(name)}.lock");
        try
        {
            // The file stays when it is let go: deleting it could take away the lock of whoever has just opened it.
            return Task.FromResult<IAsyncDisposable?>(
                new FileStream(path, PrivateFile.CreateStreamOptions(FileMode.OpenOrCreate, FileAccess.ReadWrite))
            );
        }
        catch (IOException failure) when (LockHeldErrors.Contains(failure.HResult))
        {
            return Task.FromResult<IAsyncDisposable?>(null);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="NodeDataConfigurationException">The folder or a record in it cannot be used; the message says why.</exception>
    public async Task<IReadOnlyList<ApiKeyRotationRecord>> ReadAsync(CancellationToken cancellationToken)
    {
        if (!System.IO.Directory.Exists(Directory))
        {
            return [];
        }

        PrivateFile.EnsureNotWritableByOthers(Directory, allowSticky: false);
        var records = new List<ApiKeyRotationRecord>();
        foreach (var path in System.IO.Directory.EnumerateFiles(Directory, $"*{Suffix}"))
        {
            var text = await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false);
            try
            {
                records.Add(ApiKeyRotationRecord.FromJson(text));
            }
            catch (NodeDataConfigurationException failure)
            {
                throw new NodeDataConfigurationException(
                    $"The file '{path}' cannot be read. {failure.Message} Look whether that rotation is under way before moving the file elsewhere.",
                    failure
                );
            }
        }

        return records;
    }

    /// <inheritdoc/>
    /// <exception cref="NodeDataConfigurationException">The folder cannot be used; the message says why.</exception>
    public Task WriteAsync(ApiKeyRotationRecord record, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(record);
        PrepareDirectory();
        return PrivateFile.WriteAsync(Path.Combine(Directory, GetFileName(record)), record.ToJson(), cancellationToken);
    }

    private void PrepareDirectory()
    {
        try
        {
            PrivateFile.PrepareDirectory(Directory);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new NodeDataConfigurationException(
                $"The folder '{Directory}', in which rotations are written down, cannot be made ({failure.GetType().Name}). Name another folder for the log.",
                failure
            );
        }
    }

    private static string GetDigest(string name) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..32].ToLowerInvariant();

    private static string GetFileName(ApiKeyRotationRecord record) =>
        record.RotationId.Length > 0 && record.RotationId.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '-')
            ? record.RotationId + Suffix
            : throw new ArgumentException("The id of a rotation is letters, digits, _ and -.", nameof(record));
}
