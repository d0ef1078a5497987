using System.Security.Cryptography;
using NodeData.Cli.Failures;

namespace NodeData.Cli.Sinks;

/// <summary>Files that hold secrets: only their owner can read them, and they are replaced as a whole.</summary>
internal static class OwnerOnlyFile
{
    private const int MaxBytes = 4096;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Replaces a file with one of mode 0600. If it fails, the existing file stays unchanged.</summary>
    public static void Replace(string path, ReadOnlySpan<byte> content)
    {
        if (File.Exists(path) && !OperatingSystem.IsWindows())
        {
            // Only the owner of a file can set its mode, so another user's file is not replaced.
            File.SetUnixFileMode(path, OwnerOnly);
        }

        var temporary = GetTemporaryPath(Path.GetDirectoryName(path)!, Path.GetFileName(path));
        try
        {
            Write(temporary, content);
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Writes a new file of mode 0600.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.None,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using var stream = new FileStream(path, options);
        stream.Write(content);
        stream.Flush(flushToDisk: true);
    }

    /// <exception cref="CommandFailedException">No file can be created in the directory.</exception>
    public static void RequireWritable(string folder, string reference)
    {
        var probe = GetTemporaryPath(folder, "node-data");
        try
        {
            Write(probe, []);
            File.Delete(probe);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CommandFailedException.Usage(
                $"--to {reference}: cannot create a file in '{folder}' ({exception.GetType().Name}). Correct the directory's mode, or name another directory.",
                exception
            );
        }
    }

    /// <summary>Whether a file is empty or holds nothing but one secret, so that replacing it loses nothing else.</summary>
    public static bool IsEmptyOrSecret(string path, Func<string, bool> isSecret) =>
        new FileInfo(path).Length <= MaxBytes && File.ReadAllText(path).Trim() is var text && (text.Length == 0 || isSecret(text));

    private static string GetTemporaryPath(string folder, string name) =>
        Path.Combine(folder, $".{name}.{Convert.ToHexString(RandomNumberGenerator.GetBytes(8))}.tmp");
}
