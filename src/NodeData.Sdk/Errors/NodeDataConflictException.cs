using System.Net;
using NodeData.Sdk.Errors;

namespace NodeData.Sdk;

/// <summary>409: the state of the object forbids it, or the idempotency key was used for another request.</summary>
public class NodeDataConflictException : NodeDataApiException
{
    /// <summary>An answer of the service as an error.</summary>
    /// <param name="message">What happened and what to do.</param>
    public NodeDataConflictException(string? message)
        : base(HttpStatusCode.Conflict, message) { }

    internal NodeDataConflictException(ErrorReport report)
        : base(HttpStatusCode.Conflict, report) { }
}
