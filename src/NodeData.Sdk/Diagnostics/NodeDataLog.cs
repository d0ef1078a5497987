using Microsoft.Extensions.Logging;

namespace NodeData.Sdk.Diagnostics;

/// <summary>Log messages of the client. An event ID is never reused for another message.</summary>
internal static partial class NodeDataLog
{
    [LoggerMessage(
        EventId = 1,
        Level = LogLevel.Error,
        Message = "The configuration change at {Path} was rejected; the client keeps the last valid values. {Reason}"
    )]
    public static partial void ConfigurationChangeRejected(this ILogger logger, string path, string reason);

    [LoggerMessage(
        EventId = 2,
        Level = LogLevel.Information,
        Message = "{Call} failed in attempt {Attempt} ({Reason}) and is retried in {Delay}."
    )]
    public static partial void Retrying(this ILogger logger, string call, TimeSpan delay, string reason, int attempt);

    [LoggerMessage(
        EventId = 3,
        Level = LogLevel.Information,
        Message = "{Call} was rejected with the key {RejectedKey} and is retried with the key {NewKey}."
    )]
    public static partial void RetryingWithNewKey(this ILogger logger, string call, string rejectedKey, string newKey);

    [LoggerMessage(EventId = 4, Level = LogLevel.Information, Message = "Rotation {Rotation} of the key {Key}: {Message}")]
    public static partial void RotationProgress(this ILogger logger, string rotation, string key, string message);

    [LoggerMessage(
        EventId = 5,
        Level = LogLevel.Warning,
        Message = "Rotation {Rotation}: the old key {Key} is still in use, last at {LastUsedAt}. Switch every application that uses it to the new key."
    )]
    public static partial void OldKeyStillInUse(this ILogger logger, string rotation, string key, DateTimeOffset? lastUsedAt);
}
