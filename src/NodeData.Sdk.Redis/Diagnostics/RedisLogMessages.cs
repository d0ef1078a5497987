using Microsoft.Extensions.Logging;

namespace NodeData.Sdk.Redis.Diagnostics;

/// <summary>The log messages of the package. An event ID is never reused for another message.</summary>
internal static partial class RedisLogMessages
{
    [LoggerMessage(
        EventId = 201,
        Level = LogLevel.Warning,
        Message = "Redis at {Server} may evict claims: its maxmemory-policy is {Policy}. If a claim is evicted, its event may be handled again. Set "
            + "maxmemory-policy noeviction, or use a separate Redis for the claim store."
    )]
    public static partial void MayEvict(this ILogger logger, string server, string policy);

    [LoggerMessage(
        EventId = 202,
        Level = LogLevel.Debug,
        Message = "Could not determine whether Redis at {Server} may evict claims: INFO memory failed or has no eviction policy ({Reason})."
    )]
    public static partial void EvictionUnknown(this ILogger logger, string server, string reason);

    [LoggerMessage(
        EventId = 203,
        Level = LogLevel.Warning,
        Message = "Redis was unavailable at startup: {Reason} The receiver responds with 503 until Redis is available."
    )]
    public static partial void UnavailableAtStartup(this ILogger logger, string reason);
}
