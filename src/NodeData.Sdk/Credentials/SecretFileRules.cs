using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;
using NodeData.Sdk.Diagnostics;

namespace NodeData.Sdk.Credentials;

/// <summary>
/// Checks the mode of a file that contains a secret. The mode is read from the open file, so that a symbolic link that is replaced in the meantime has no
/// effect. Windows has no such modes; the permissions of the directory apply there.
/// </summary>
/// <param name="requirePrivate">True to reject a file that every user can read; false to log a warning.</param>
/// <param name="loggerFactory">Receives one warning for each file that every user can read.</param>
internal sealed class SecretFileRules(bool requirePrivate, ILoggerFactory? loggerFactory)
{
    private const UnixFileMode WritableByOthers = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    // The directories in which container orchestrators mount secrets, readable by all users of the container (0444). /var/run is a link to /run.
    private static readonly string[] MountFolders = ["/run/secrets/", "/var/run/secrets/"];

    // One entry for each logger factory, so that an application logs a warning once, regardless of the number of clients and reloads.
    private static readonly ConditionalWeakTable<ILoggerFactory, ConcurrentDictionary<string, bool>> WarnedFiles = [];

    public static SecretFileRules Create(NodeClientOptions options) => new(options.RequirePrivateFile, options.LoggerFactory);

    /// <exception cref="NodeDataConfigurationException">Other users can write the file, or read it although a private file is required.</exception>
    public void Check(SafeFileHandle file, string path, string setting)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var mode = File.GetUnixFileMode(file);
        if ((mode & WritableByOthers) != 0)
        {
            throw new NodeDataConfigurationException(
                $"{setting}: the file '{path}' is writable by users other than its owner (mode {FormatMode(mode)}), who could replace the secret. "
                    + $"Run: chmod go-w {QuoteForShell(path)}"
            );
        }

        if ((mode & UnixFileMode.OtherRead) == 0)
        {
            return;
        }

        if (requirePrivate)
        {
            throw new NodeDataConfigurationException(
                $"{setting}: the file '{path}' is readable by every user (mode {FormatMode(mode)}), and RequirePrivateFile is set. "
                    + $"Run: chmod o-r {QuoteForShell(path)}; if an orchestrator mounts the file, mount it with mode 0400."
            );
        }

        WarnOnce(file, path, setting);
    }

    private static string FormatMode(UnixFileMode mode) => Convert.ToString((int)mode, 8).PadLeft(4, '0');

    private static string QuoteForShell(string path) => $"'{path.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static bool IsMounted(string path) => Array.Exists(MountFolders, mount => path.StartsWith(mount, StringComparison.Ordinal));

    private static bool IsExpectedToBeReadable(SafeFileHandle file, string path) =>
        IsMounted(Path.GetFullPath(path))
        || (File.ResolveLinkTarget(path, returnFinalTarget: true) is { } target && IsMounted(target.FullName))
        || !FileOwner.IsCurrentUser(file);

    private void WarnOnce(SafeFileHandle file, string path, string setting)
    {
        if (
            loggerFactory is not null
            && WarnedFiles.GetOrCreateValue(loggerFactory) is var warnedFiles
            && !warnedFiles.ContainsKey(path)
            && !IsExpectedToBeReadable(file, path)
            && warnedFiles.TryAdd(path, true)
        )
        {
            loggerFactory.CreateLogger<NodeClient>().SecretFileReadableByAll(setting, path, $"chmod o-r {QuoteForShell(path)}");
        }
    }
}
