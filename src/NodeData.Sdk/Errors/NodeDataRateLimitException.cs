using System.Net;
using NodeData.Sdk.Errors;

namespace NodeData.Sdk;

/// <summary>429: too many requests with this key in this minute; nothing was done.</summary>
public class NodeDataRateLimitException : NodeDataApiException
{
    /// <summary>An answer of the service as an error.</summary>
    /// <param name="message">What happened and what to do.</param>
    public NodeDataRateLimitException(string? message)
        : base(HttpStatusCode.TooManyRequests, message) { }

    internal NodeDataRateLimitException(ErrorReport report)
        : base(HttpStatusCode.TooManyRequests, report) { }
}
