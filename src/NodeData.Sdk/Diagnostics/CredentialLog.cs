using Microsoft.Extensions.Logging;

namespace NodeData.Sdk.Diagnostics;

/// <summary>
/// Log messages about the sources of secrets, with event IDs from 50. An ID is never reused for another message. No message contains a secret.
/// </summary>
internal static partial class CredentialLog
{
    [LoggerMessage(
        EventId = 50,
        Level = LogLevel.Warning,
        Message = "{Setting}: the file '{Path}' may be read by every user of this machine. Run: {Command}"
    )]
    public static partial void SecretFileReadableByAll(this ILogger logger, string setting, string path, string command);

    [LoggerMessage(
        EventId = 51,
        Level = LogLevel.Debug,
        Message = "Loaded {Count} variables from {Path}. Environment variables of the process take precedence."
    )]
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
        Message = "Could not determine whether git tracks a .env.local or .env file that contains a Node Data secret: {Reason}."
    )]
    public static partial void GitStatusUnavailable(this ILogger logger, string reason);
}
