using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace NodeData.Sdk.Credentials;

/// <summary>
/// Writes a small file that only its owner can read. The write is atomic; when it completes, the content and the name are flushed to the disk. On
/// Windows the permissions of the directory apply.
/// </summary>
internal static class PrivateFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode WritableByOthers = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    public static async Task WriteAsync(string path, string text, CancellationToken cancellationToken)
    {
        var directory = Path.GetDirectoryName(path)!;
        EnsureOwnFileOrMissing(path);
        DeleteTemporaryFiles(directory, path);
        var temporary = Path.Combine(directory, $".{Path.GetFileName(path)}.{Convert.ToHexString(RandomNumberGenerator.GetBytes(8))}.tmp");
        try
        {
            await WriteNewAsync(temporary, text, cancellationToken).ConfigureAwait(false);
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }

        FlushDirectory(directory);
    }

    /// <summary>Creates a directory that only its owner can access, or validates an existing one.</summary>
    public static void PrepareDirectory(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(directory);
            return;
        }

        Directory.CreateDirectory(directory, OwnerOnly | UnixFileMode.UserExecute);
        EnsureNotWritableByOthers(directory, allowSticky: false);
    }

    /// <summary>Creates the options to open a file exclusively, readable by its owner only.</summary>
    public static FileStreamOptions CreateStreamOptions(FileMode mode, FileAccess access)
    {
        var options = new FileStreamOptions
        {
            Mode = mode,
            Access = access,
            Share = FileShare.None,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return options;
    }

    /// <summary>Rejects a directory in which other users could replace the file.</summary>
    public static void EnsureNotWritableByOthers(string directory, bool allowSticky)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var mode = File.GetUnixFileMode(directory);
        if ((mode & WritableByOthers) != 0 && !(allowSticky && mode.HasFlag(UnixFileMode.StickyBit)))
        {
            throw new NodeDataConfigurationException(
                $"The directory '{directory}' is writable by other users, who could replace its files. Run: chmod go-w '{directory}', or use another directory."
            );
        }
    }

    /// <summary>Rejects a path that exists and is not a regular file of this user.</summary>
    private static void EnsureOwnFileOrMissing(string path)
    {
        var file = new FileInfo(path);
        if (file.LinkTarget is not null)
        {
            throw new NodeDataConfigurationException(
                $"'{path}' is a symbolic link; writing would replace the link by a file. Specify the target of the link, or another file."
            );
        }

        if (Directory.Exists(path))
        {
            throw new NodeDataConfigurationException($"'{path}' is a directory. Specify a file.");
        }

        if (file.Exists && !OperatingSystem.IsWindows())
        {
            try
            {
                // Only the owner of a file can set its mode, so this also verifies the owner.
                File.SetUnixFileMode(path, OwnerOnly);
            }
            catch (UnauthorizedAccessException exception)
            {
                throw new NodeDataConfigurationException(
                    $"The file '{path}' belongs to another user; writing would change its owner. Run as that user, or specify another file.",
                    exception
                );
            }
        }
    }

    // A process that was killed during a write leaves a temporary file behind, which may contain a secret.
    private static void DeleteTemporaryFiles(string directory, string path)
    {
        foreach (var temporary in Directory.EnumerateFiles(directory, $".{Path.GetFileName(path)}.*.tmp"))
        {
            try
            {
                File.Delete(temporary);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // The file belongs to another user, in a shared directory such as /tmp.
            }
        }
    }

    private static async Task WriteNewAsync(string path, string text, CancellationToken cancellationToken)
    {
        var stream = new FileStream(path, CreateStreamOptions(FileMode.CreateNew, FileAccess.Write));
        await using (stream.ConfigureAwait(false))
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken).ConfigureAwait(false);
            stream.Flush(flushToDisk: true);
        }
    }

    // A rename is durable only after the directory is flushed: without this, the old content may return after a power failure.
    private static void FlushDirectory(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        const int readOnly = 0;
        using var handle = new SafeFileHandle((nint)open([.. Encoding.UTF8.GetBytes(directory), 0], readOnly), ownsHandle: true);
        if (handle.IsInvalid)
        {
            throw new IOException(
                $"The directory '{directory}' cannot be opened to flush it to the disk (errno {Marshal.GetLastPInvokeError()})."
            );
        }

        RandomAccess.FlushToDisk(handle);
    }

    // .NET cannot open directories.
    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
#pragma warning disable IDE1006, SYSLIB1054 // The name is the C library's; all arguments are plain bytes, so there is no marshalling to generate.
    private static extern int open(byte[] path, int flags);
#pragma warning restore IDE1006, SYSLIB1054
}
