using Microsoft.Extensions.Logging;

namespace NodeData.Sdk.Diagnostics;

/// <summary>All log messages about where secrets lie: ids from 50. An id is never used again for another message. None repeats a secret.</summary>
internal static partial class CredentialLog
{
    [LoggerMessage(
        EventId = 50,
        Level = LogLevel.Warning,
        Message = "{Setting}: the file '{Path}' may be read by every user of this machine. Run: {Command}"
    )]
    public static partial void SecretFileReadableByAll(this ILogger logger, string setting, string path, string command);

    [LoggerMessage(EventId = 51, Level = LogLevel.Debug, Message = "{Path} was read: {Count} variables, below those of the process.")]
    public static partial void EnvLocalLoaded(this ILogger logger, string path, int count);

    [LoggerMessage(
        EventId = 52,
        Level = LogLevel.Warning,
        Message = "{Path} holds a Node Data secret, and git does not ignore it: the next 'git add' may commit it. Run: {Command}"
    )]
    public static partial void EnvFileNotIgnored(this ILogger logger, string path, string command);

    [LoggerMessage(
        EventId = 53,
        Level = LogLevel.Debug,
        Message = "Whether git tracks a .env.local or .env with a Node Data secret could not be told: {Reason}."
    )]
    public static partial void GitStatusUnavailable(this ILogger logger, string reason);
}
