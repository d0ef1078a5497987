using System.Net;

namespace NodeData.Sdk.Http.Retries;

/// <summary>Defines which failures are retried, and after which delay (contract, "Retries").</summary>
internal static class RetryRules
{
    private const double InitialMaxDelaySeconds = 0.5;
    private const double MaxDelaySeconds = 8;

    /// <summary>Determines whether a retry is safe and may succeed.</summary>
    public static bool CanRetry(Endpoint endpoint, NodeDataException exception) =>
        exception switch
        {
            NodeDataConnectionException { IsTransient: false } => false,
            NodeDataConnectionException connection => endpoint.IsIdempotent || !connection.RequestMayHaveBeenProcessed,
            NodeDataRateLimitException => true,
            NodeDataConflictException { Code: "conflict", RetryAfter: not null } => endpoint.IdempotencyKey is not null,
            NodeDataApiException apiException => endpoint.IsIdempotent && IsTransient(apiException.Status),
            _ => false,
        };

    /// <summary>
    /// Gets the delay before retry <paramref name="retry"/> (0 is the first): the value of the service's <c>Retry-After</c> header; if there is none,
    /// exponential backoff with full jitter.
    /// </summary>
    /// <param name="exception">The exception of the last attempt.</param>
    /// <param name="retry">The number of retries so far.</param>
    /// <param name="jitter">A random number from 0 to 1.</param>
    public static TimeSpan GetDelay(NodeDataException exception, int retry, double jitter) =>
        exception is NodeDataApiException { RetryAfter: { } retryAfter }
            ? retryAfter
            : TimeSpan.FromSeconds(jitter * Math.Min(MaxDelaySeconds, InitialMaxDelaySeconds * Math.Pow(2, retry)));

    private static bool IsTransient(HttpStatusCode status) =>
        status
            is HttpStatusCode.InternalServerError
                or HttpStatusCode.BadGateway
                or HttpStatusCode.ServiceUnavailable
                or HttpStatusCode.GatewayTimeout;
}
