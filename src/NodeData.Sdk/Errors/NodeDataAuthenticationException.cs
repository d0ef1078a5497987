using System.Net;
using NodeData.Sdk.Errors;

namespace NodeData.Sdk;

/// <summary>The exception that is thrown for status 401: the key is malformed, unknown, revoked or expired.</summary>
public class NodeDataAuthenticationException : NodeDataApiException
{
    /// <summary>Initializes a new instance of the <see cref="NodeDataAuthenticationException"/> class.</summary>
    /// <param name="message">A message that describes the error and the remedy.</param>
    public NodeDataAuthenticationException(string? message)
        : base(HttpStatusCode.Unauthorized, message) { }

    internal NodeDataAuthenticationException(ErrorReport report)
        : base(HttpStatusCode.Unauthorized, report) { }
}
