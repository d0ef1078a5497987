using System.Net;
using NodeData.Sdk.Errors;

namespace NodeData.Sdk;

/// <summary>403: the key lacks a scope, or is of the other mode.</summary>
public class NodeDataPermissionException : NodeDataApiException
{
    /// <summary>An answer of the service as an error.</summary>
    /// <param name="message">What happened and what to do.</param>
    public NodeDataPermissionException(string? message)
        : base(HttpStatusCode.Forbidden, message) { }

    internal NodeDataPermissionException(ErrorReport report)
        : base(HttpStatusCode.Forbidden, report) { }
}
