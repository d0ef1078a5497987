using System.Net;
using NodeData.Sdk.Errors;

namespace NodeData.Sdk;

/// <summary>The exception that is thrown for status 429: too many requests with this key in this minute. The request was not processed.</summary>
public class NodeDataRateLimitException : NodeDataApiException
{
    /// <summary>Initializes a new instance of the <see cref="NodeDataRateLimitException"/> class.</summary>
    /// <param name="message">A message that describes the error and the remedy.</param>
    public NodeDataRateLimitException(string? message)
        : base(HttpStatusCode.TooManyRequests, message) { }

    internal NodeDataRateLimitException(ErrorReport report)
        : base(HttpStatusCode.TooManyRequests, report) { }
}
