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
/// <param name="loggers">Where a file that others may read is told of, once.</param>
internal sealed class SecretFileRules(bool requirePrivate, ILoggerFactory? loggers)
{
    private const UnixFileMode WritableByOthers = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    // Where container orchestrators mount secrets, readable by all in the container (0444). /var/run is another name of /run.
    private static readonly string[] Mounts = ["/run/secrets/", "/var/run/secrets/"];

    // By application: each sees a warning once, however many clients and reloads it has.
    private static readonly ConditionalWeakTable<ILoggerFactory, ConcurrentDictionary<string, bool>> Told = [];

    public static SecretFileRules Of(NodeClientOptions options) => new(options.RequirePrivateFile, options.LoggerFactory);

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
                $"{setting}: the file '{path}' may be written by others than its owner (mode {Octal(mode)}), so that anybody could put a secret of theirs there. "
                    + $"Run: chmod go-w {Quoted(path)}"
            );
        }

        if ((mode & UnixFileMode.OtherRead) == 0)
        {
            return;
        }

        if (requirePrivate)
        {
            throw new NodeDataConfigurationException(
                $"{setting}: the file '{path}' may be read by every user (mode {Octal(mode)}), and RequirePrivateFile is set. "
                    + $"Run: chmod o-r {Quoted(path)}; where an orchestrator mounts it, mount it with mode 0400."
            );
        }

        Warn(file, path, setting);
    }

    private static string Octal(UnixFileMode mode) => Convert.ToString((int)mode, 8).PadLeft(4, '0');

    private static string Quoted(string path) => $"'{path.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static bool IsMounted(string path) => Array.Exists(Mounts, mount => path.StartsWith(mount, StringComparison.Ordinal));

    private static bool IsMeantToBeReadable(SafeFileHandle file, string path) =>
        IsMounted(Path.GetFullPath(path))
        || (File.ResolveLinkTarget(path, returnFinalTarget: true) is { } target && IsMounted(target.FullName))
        || !FileOwner.IsThisUser(file);

    private void Warn(SafeFileHandle file, string path, string setting)
    {
        if (
            loggers is not null
            && Told.GetOrCreateValue(loggers) is var told
            && !told.ContainsKey(path)
            && !IsMeantToBeReadable(file, path)
            && told.TryAdd(path, true)
        )
        {
            loggers.CreateLogger<NodeClient>().SecretFileReadableByAll(setting, path, $"chmod o-r {Quoted(path)}");
        }
    }
}
