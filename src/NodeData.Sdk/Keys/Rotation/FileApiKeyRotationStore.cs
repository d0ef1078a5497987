using System.Security.Cryptography;
using System.Text;
using NodeData.Sdk.Credentials;

namespace NodeData.Sdk;

/// <summary>
/// Stores the records of rotations as files, one for each rotation, shared by the processes of one user on one machine. A record is written atomically, is
/// flushed to the disk with its directory entry before the rotation continues, can be read only by its owner, and never contains a secret. Records of finished
/// rotations remain until they are deleted. Locks are file locks, which end with their process; on a network file system without file locks, only
/// one process may rotate at a time. Safe for concurrent use.
/// </summary>
public sealed class FileApiKeyRotationStore : IApiKeyRotationStore
{
    private const string Suffix = ".rotation.json";

    // The errors of Linux, macOS and Windows for a lock that is held elsewhere.
    private static readonly int[] LockHeldErrors = [11, 35, unchecked((int)0x80070020), unchecked((int)0x80070021)];

    /// <summary>Initializes a new instance of the <see cref="FileApiKeyRotationStore"/> class for a directory.</summary>
    /// <param name="directory">
    /// The directory, which is created if it does not exist and must not be writable by others. The default is null: <c>nodedata/rotations</c> in the user's
    /// local application data (<c>~/.local/share</c> on Linux).
    /// </param>
    /// <exception cref="NodeDataConfigurationException">No directory is given, and this user has no local application data.</exception>
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
                    "This user has no directory for local application data (HOME is not set), so rotations cannot be recorded. Set "
                        + "ApiKeyRotationOptions.Store to a FileApiKeyRotationStore with a directory that outlives this process."
                );
    }

    /// <summary>The directory.</summary>
    public string Directory { get; }

    /// <inheritdoc/>
    /// <exception cref="NodeDataConfigurationException">The directory cannot be used; the exception message contains the reason.</exception>
    public Task<IAsyncDisposable?> TryLockAsync(string name, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        PrepareDirectory();
        var path = Path.Combine(Directory, $"{GetDigest(name)}.lock");
        try
        {
            // The file is not deleted on release: deleting it could remove the lock of a process that has just opened it.
            return Task.FromResult<IAsyncDisposable?>(
                new FileStream(path, PrivateFile.CreateStreamOptions(FileMode.OpenOrCreate, FileAccess.ReadWrite))
            );
        }
        catch (IOException exception) when (LockHeldErrors.Contains(exception.HResult))
        {
            return Task.FromResult<IAsyncDisposable?>(null);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="NodeDataConfigurationException">The directory or a record in it cannot be used; the exception message contains the reason.</exception>
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
            catch (NodeDataConfigurationException exception)
            {
                throw new NodeDataConfigurationException(
                    $"The file '{path}' cannot be read. {exception.Message} Check whether that rotation is in progress before you move the file.",
                    exception
                );
            }
        }

        return records;
    }

    /// <inheritdoc/>
    /// <exception cref="NodeDataConfigurationException">The directory cannot be used; the exception message contains the reason.</exception>
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
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new NodeDataConfigurationException(
                $"The directory '{Directory}' for the records of rotations cannot be created ({exception.GetType().Name}). Use another directory for the store.",
                exception
            );
        }
    }

    private static string GetDigest(string name) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..32].ToLowerInvariant();

    private static string GetFileName(ApiKeyRotationRecord record) =>
        record.RotationId.Length > 0 && record.RotationId.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '-')
            ? record.RotationId + Suffix
            : throw new ArgumentException("The ID of a rotation must consist of letters, digits, '_' and '-'.", nameof(record));
}
