using System.Net;
using NodeData.Sdk.Errors;

namespace NodeData.Sdk;

/// <summary>The exception that is thrown for status 403: the key lacks a scope, or has a different mode.</summary>
public class NodeDataPermissionException : NodeDataApiException
{
    /// <summary>Initializes a new instance of the <see cref="NodeDataPermissionException"/> class.</summary>
    /// <param name="message">A message that describes the error and the remedy.</param>
    public NodeDataPermissionException(string? message)
        : base(HttpStatusCode.Forbidden, message) { }

    internal NodeDataPermissionException(ErrorReport report)
        : base(HttpStatusCode.Forbidden, report) { }
}
