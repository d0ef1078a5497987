using Microsoft.Extensions.Logging;

namespace NodeData.Sdk.Redis.Diagnostics;

/// <summary>All log messages of the package. An id is never used again for another message.</summary>
internal static partial class RedisLogMessages
{
    [LoggerMessage(
        EventId = 201,
        Level = LogLevel.Warning,
        Message = "Redis at {Server} may evict what the delivery log remembers: its maxmemory-policy is {Policy}. A delivery that is evicted is handled again. Set "
            + "maxmemory-policy noeviction, or give the log a Redis of its own."
    )]
    public static partial void MayEvict(this ILogger logger, string server, string policy);

    [LoggerMessage(
        EventId = 202,
        Level = LogLevel.Debug,
        Message = "Whether Redis at {Server} may evict what the delivery log remembers is not known: INFO was refused ({Reason})."
    )]
    public static partial void EvictionUnknown(this ILogger logger, string server, string reason);

    [LoggerMessage(
        EventId = 203,
        Level = LogLevel.Warning,
        Message = "Redis was away when the program started: {Reason} Deliveries are answered 503 until it is back."
    )]
    public static partial void UnavailableAtStartup(this ILogger logger, string reason);
}
