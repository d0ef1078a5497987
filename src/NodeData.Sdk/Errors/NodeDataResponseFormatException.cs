using System.Net;
using NodeData.Sdk.Errors;

namespace NodeData.Sdk;

/// <summary>
/// The exception that is thrown when the status of a response is a success but its content cannot be used: it is empty, not the expected JSON, larger than
/// <see cref="NodeClientOptions.MaxResponseBytes"/>, or repeats a cursor. The request may have been processed. The exception does not contain the response,
/// because that may contain a secret.
/// </summary>
public class NodeDataResponseFormatException : NodeDataApiException
{
    /// <summary>Initializes a new instance of the <see cref="NodeDataResponseFormatException"/> class.</summary>
    /// <param name="status">The HTTP status code of the response.</param>
    /// <param name="message">A message that describes the error and the remedy.</param>
    public NodeDataResponseFormatException(HttpStatusCode status, string? message)
        : base(status, message) { }

    internal NodeDataResponseFormatException(HttpStatusCode status, ErrorReport report)
        : base(status, report) { }
}
