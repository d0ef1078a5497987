using Microsoft.Extensions.Logging;

namespace NodeData.Sdk.Diagnostics;

/// <summary>
/// Log messages about the configuration of a host, with event ids from 60. An id is never reused for another message. No message contains a value.
/// </summary>
internal static partial class ConfigurationLog
{
    [LoggerMessage(EventId = 60, Level = LogLevel.Warning, Message = "{Problem}")]
    public static partial void UnknownSetting(this ILogger logger, string problem);

    [LoggerMessage(
        EventId = 61,
        Level = LogLevel.Warning,
        Message = "{Path}: {Settings} changed. The client uses the previous values until the application is restarted."
    )]
    public static partial void RestartRequired(this ILogger logger, string path, string settings);
}
