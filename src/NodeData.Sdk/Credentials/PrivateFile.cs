using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace NodeData.Sdk.Credentials;

/// <summary>
/// A small file that only its owner may read: written whole or not at all, and safe on the disk, with its name, when the writing returns. On Windows the
/// folder's own permissions hold.
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

    /// <summary>Makes a folder that only its owner may enter, or looks whether the one that is there will do.</summary>
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

    /// <summary>How to open a file that only its owner may read, for oneself alone.</summary>
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

    /// <summary>Refuses a folder in which somebody else could put another file in the place of ours.</summary>
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
                $"Others may write in the folder '{directory}', and could replace what is in it. Take that away (chmod go-w '{directory}') or use another folder."
            );
        }
    }

    /// <summary>Refuses to write over what is not a plain file of this user.</summary>
    private static void EnsureOwnFileOrMissing(string path)
    {
        var file = new FileInfo(path);
        if (file.LinkTarget is not null)
        {
            throw new NodeDataConfigurationException(
                $"'{path}' is a symbolic link, and writing would put a file in its place. Name the file that it leads to, or another."
            );
        }

        if (Directory.Exists(path))
        {
            throw new NodeDataConfigurationException($"'{path}' is a folder, and a file is to be written. Name a file.");
        }

        if (file.Exists && !OperatingSystem.IsWindows())
        {
            try
            {
                // Only a file's owner may set its mode, so this is also the question whose it is.
                File.SetUnixFileMode(path, OwnerOnly);
            }
            catch (UnauthorizedAccessException failure)
            {
                throw new NodeDataConfigurationException(
                    $"The file '{path}' belongs to another user, and would change hands. Run as that user, or name another file.",
                    failure
                );
            }
        }
    }

    // A process that was killed while it wrote has left a file behind, which may hold a secret.
    private static void DeleteTemporaryFiles(string directory, string path)
    {
        foreach (var temporary in Directory.EnumerateFiles(directory, $".{Path.GetFileName(path)}.*.tmp"))
        {
            try
            {
                File.Delete(temporary);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                // Somebody else's, in a folder that everybody may write in.
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

    // A renamed file is safe once its folder is: without this a machine that loses its power may come back with the old content.
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
                $"The folder '{directory}' cannot be opened to flush it to the disk (errno {Marshal.GetLastPInvokeError()})."
            );
        }

        RandomAccess.FlushToDisk(handle);
    }

    // .NET opens no folders.
    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
#pragma warning disable IDE1006, SYSLIB1054 // The C library's name; everything passed is plain bytes, so there is no marshalling to generate.
    private static extern int open(byte[] path, int flags);
#pragma warning restore IDE1006, SYSLIB1054
}
