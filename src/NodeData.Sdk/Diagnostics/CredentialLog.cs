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
}
