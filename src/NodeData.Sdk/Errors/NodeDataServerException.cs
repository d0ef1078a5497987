using System.Net;
using NodeData.Sdk.Errors;

namespace NodeData.Sdk;

/// <summary>A status of 500 or above, maintenance excepted: the service failed.</summary>
public class NodeDataServerException : NodeDataApiException
{
    /// <summary>An answer of the service as an error.</summary>
    /// <param name="status">The status of the answer.</param>
    /// <param name="message">What happened and what to do.</param>
    public NodeDataServerException(HttpStatusCode status, string? message)
        : base(status, message) { }

    internal NodeDataServerException(HttpStatusCode status, ErrorReport report)
        : base(status, report) { }
}
