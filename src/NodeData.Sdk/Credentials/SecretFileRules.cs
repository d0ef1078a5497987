using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;
using NodeData.Sdk.Diagnostics;

namespace NodeData.Sdk.Credentials;

/// <summary>
/// What the mode of a file with a secret may be, looked at on the open file, so that a symbolic link that is swapped meanwhile changes nothing. Windows has no
/// such modes: there the permissions of the folder hold.
/// </summary>
/// <param name="requirePrivate">Whether a file that others may read is refused.</param>
/// <param name="loggerFactory">Where a file that others may read is told of, once.</param>
internal sealed class SecretFileRules(bool requirePrivate, ILoggerFactory? loggerFactory)
{
    private const UnixFileMode WritableByOthers = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    // Where container orchestrators mount secrets, readable by all in the container (0444). /var/run is another name of /run.
    private static readonly string[] MountFolders = ["/run/secrets/", "/var/run/secrets/"];

    // By application: each sees a warning once, however many clients and reloads it has.
    private static readonly ConditionalWeakTable<ILoggerFactory, ConcurrentDictionary<string, bool>> WarnedFiles = [];

    public static SecretFileRules Create(NodeClientOptions options) => new(options.RequirePrivateFile, options.LoggerFactory);

    /// <exception cref="NodeDataConfigurationException">Somebody else may write the file, or read it where that is not allowed.</exception>
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
                $"{setting}: the file '{path}' may be written by others than its owner (mode {FormatMode(mode)}), so that anybody could put a secret of theirs there. "
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
                $"{setting}: the file '{path}' may be read by every user (mode {FormatMode(mode)}), and RequirePrivateFile is set. "
                    + $"Run: chmod o-r {QuoteForShell(path)}; where an orchestrator mounts it, mount it with mode 0400."
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
