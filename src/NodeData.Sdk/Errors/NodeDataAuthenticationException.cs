using System.Net;
using NodeData.Sdk.Errors;

namespace NodeData.Sdk;

/// <summary>401: the key is malformed, unknown, revoked or expired.</summary>
public class NodeDataAuthenticationException : NodeDataApiException
{
    /// <summary>An answer of the service as an error.</summary>
    /// <param name="message">What happened and what to do.</param>
    public NodeDataAuthenticationException(string? message)
        : base(HttpStatusCode.Unauthorized, message) { }

    internal NodeDataAuthenticationException(ErrorReport report)
        : base(HttpStatusCode.Unauthorized, report) { }
}
