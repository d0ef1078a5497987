using System.Net;
using NodeData.Sdk.Errors;

namespace NodeData.Sdk;

/// <summary>The exception that is thrown for a status of 500 or greater, except maintenance: the service failed.</summary>
public class NodeDataServerException : NodeDataApiException
{
    /// <summary>Initializes a new instance of the <see cref="NodeDataServerException"/> class.</summary>
    /// <param name="status">The HTTP status code of the response.</param>
    /// <param name="message">A message that describes the error and the remedy.</param>
    public NodeDataServerException(HttpStatusCode status, string? message)
        : base(status, message) { }

    internal NodeDataServerException(HttpStatusCode status, ErrorReport report)
        : base(status, report) { }
}
