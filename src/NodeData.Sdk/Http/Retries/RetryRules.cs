using System.Net;

namespace NodeData.Sdk.Http.Retries;

/// <summary>Which failures may be followed by another attempt, and after how long (contract, "Retries").</summary>
internal static class RetryRules
{
    private const double InitialMaxDelaySeconds = 0.5;
    private const double MaxDelaySeconds = 8;

    /// <summary>Whether another attempt can do no harm and may help.</summary>
    public static bool CanRetry(Endpoint endpoint, NodeDataException failure) =>
        failure switch
        {
            NodeDataConnectionException connection => endpoint.IsRepeatable || !connection.RequestMayHaveBeenProcessed,
            NodeDataRateLimitException => true,
            NodeDataConflictException { Code: "conflict", RetryAfter: not null } => endpoint.IdempotencyKey is not null,
            NodeDataApiException apiException => endpoint.IsRepeatable && IsTransient(apiException.Status),
            _ => false,
        };

    /// <summary>The wait before retry <paramref name="retry"/> (0 is the first): what the service asked for, else full jitter.</summary>
    /// <param name="failure">What the last attempt ended with.</param>
    /// <param name="retry">How many retries there were.</param>
    /// <param name="jitter">0 to 1.</param>
    public static TimeSpan GetDelay(NodeDataException failure, int retry, double jitter) =>
        failure is NodeDataApiException { RetryAfter: { } retryAfter }
            ? retryAfter
            : TimeSpan.FromSeconds(jitter * Math.Min(MaxDelaySeconds, InitialMaxDelaySeconds * Math.Pow(2, retry)));

    private static bool IsTransient(HttpStatusCode status) =>
        status
            is HttpStatusCode.InternalServerError
                or HttpStatusCode.BadGateway
                or HttpStatusCode.ServiceUnavailable
                or HttpStatusCode.GatewayTimeout;
}
