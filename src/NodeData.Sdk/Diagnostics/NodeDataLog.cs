using Microsoft.Extensions.Logging;

namespace NodeData.Sdk.Diagnostics;

/// <summary>All log messages of the client. An id is never used again for another message.</summary>
internal static partial class NodeDataLog
{
    [LoggerMessage(
        EventId = 1,
        Level = LogLevel.Error,
        Message = "A change of the configuration at {Path} was not taken; the client goes on with the last good values. {Reason}"
    )]
    public static partial void ConfigurationChangeRejected(this ILogger logger, string path, string reason);

    [LoggerMessage(EventId = 2, Level = LogLevel.Information, Message = "{Call} is tried again in {Delay}: {Failure}, attempt {Attempt}.")]
    public static partial void Retrying(this ILogger logger, string call, TimeSpan delay, string failure, int attempt);

    [LoggerMessage(
        EventId = 3,
        Level = LogLevel.Information,
        Message = "{Call} was refused with the key {RejectedKey} and is repeated with {NewKey}."
    )]
    public static partial void RetryingWithNewKey(this ILogger logger, string call, string rejectedKey, string newKey);

    [LoggerMessage(EventId = 4, Level = LogLevel.Information, Message = "Rotation {Rotation} of the key {Key}: {Message}")]
    public static partial void RotationProgress(this ILogger logger, string rotation, string key, string message);

    [LoggerMessage(
        EventId = 5,
        Level = LogLevel.Warning,
        Message = "Rotation {Rotation}: the old key {Key} is still used, last at {LastUsedAt}; somebody has not taken the new one yet."
    )]
    public static partial void OldKeyStillInUse(this ILogger logger, string rotation, string key, DateTimeOffset? lastUsedAt);
}
