using System.Security.Cryptography;
using NodeData.Cli.Failures;

namespace NodeData.Cli.Sinks;

/// <summary>Files with secrets in them: readable by their owner alone, and replaced as a whole.</summary>
internal static class OwnerOnlyFile
{
    private const int MaxBytes = 4096;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Puts a file of mode 0600 in place of the one that is there, or leaves that as it was.</summary>
    public static void Replace(string path, ReadOnlySpan<byte> content)
    {
        if (File.Exists(path) && !OperatingSystem.IsWindows())
        {
            // Only its owner may do this, so a file of somebody else's does not change hands.
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

    /// <exception cref="CommandFailedException">No file can be made in the folder.</exception>
    public static void RequireWritable(string folder, string reference)
    {
        var probe = GetTemporaryPath(folder, "node-data");
        try
        {
            Write(probe, []);
            File.Delete(probe);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw CommandFailedException.Usage(
                $"--to {reference}: no file can be made in '{folder}' ({failure.GetType().Name}). Correct the folder's mode, or name another.",
                failure
            );
        }
    }

    /// <summary>Whether a file holds one secret and no more, or nothing, so that what is lost when it is replaced is known.</summary>
    public static bool IsEmptyOrSecret(string path, Func<string, bool> isSecret) =>
        new FileInfo(path).Length <= MaxBytes && File.ReadAllText(path).Trim() is var text && (text.Length == 0 || isSecret(text));

    private static string GetTemporaryPath(string folder, string name) =>
        Path.Combine(folder, $".{name}.{Convert.ToHexString(RandomNumberGenerator.GetBytes(8))}.tmp");
}
