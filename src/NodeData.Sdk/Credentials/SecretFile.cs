using System.Text;

namespace NodeData.Sdk.Credentials;

/// <summary>Reads a file that contains only a secret. The path is resolved on each read, because the target of a symbolic link may change.</summary>
internal static class SecretFile
{
    private const int MaxBytes = 4096;

    public static string Read(string path, string setting, SecretFileRules rules)
    {
        try
        {
            using var stream = Open(path, FileOptions.None);
            rules.Check(stream.SafeFileHandle, path, setting);
            var buffer = new byte[MaxBytes + 1];
            return GetText(buffer.AsSpan(0, stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false)), path, setting);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw CreateReadError(path, setting, exception);
        }
    }

    public static async ValueTask<string> ReadAsync(string path, string setting, SecretFileRules rules, CancellationToken cancellationToken)
    {
        try
        {
            var stream = Open(path, FileOptions.Asynchronous);
            await using (stream.ConfigureAwait(false))
            {
                rules.Check(stream.SafeFileHandle, path, setting);
                var buffer = new byte[MaxBytes + 1];
                var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, false, cancellationToken).ConfigureAwait(false);
                return GetText(buffer.AsSpan(0, length), path, setting);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw CreateReadError(path, setting, exception);
        }
    }

    private static FileStream Open(string path, FileOptions options) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, options);

    private static string GetText(ReadOnlySpan<byte> bytes, string path, string setting)
    {
        if (bytes.Length > MaxBytes)
        {
            throw new NodeDataConfigurationException(
                $"{setting}: the file '{path}' is larger than {MaxBytes} bytes. It must contain only the secret."
            );
        }

        // Some editors and shells write a byte order mark; it is not part of the secret.
        return Encoding.UTF8.GetString(bytes).Trim('\uFEFF').Trim();
    }

    private static NodeDataConfigurationException CreateReadError(string path, string setting, Exception exception) =>
        new(
            exception switch
            {
                FileNotFoundException or DirectoryNotFoundException =>
                    $"{setting}: the file '{path}' does not exist. Create it, or correct the path.",
                UnauthorizedAccessException =>
                    $"{setting}: the file '{path}' cannot be read by this user, or is a directory. Correct its owner or mode, or the path.",
                _ => $"{setting}: the file '{path}' cannot be read ({exception.GetType().Name}). Correct the path.",
            },
            exception
        );
}
