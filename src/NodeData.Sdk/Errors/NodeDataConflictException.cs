using System.Net;
using NodeData.Sdk.Errors;

namespace NodeData.Sdk;

/// <summary>
/// The exception that is thrown for status 409: the state of the object does not allow the request, or the idempotency key was used for a different request.
/// </summary>
public class NodeDataConflictException : NodeDataApiException
{
    /// <summary>Initializes a new instance of the <see cref="NodeDataConflictException"/> class.</summary>
    /// <param name="message">A message that describes the error and the remedy.</param>
    public NodeDataConflictException(string? message)
        : base(HttpStatusCode.Conflict, message) { }

    internal NodeDataConflictException(ErrorReport report)
        : base(HttpStatusCode.Conflict, report) { }
}
