using System.Net;
using NodeData.Sdk.Errors;

namespace NodeData.Sdk;

/// <summary>404: there is no such object, or it belongs to somebody else or to the other mode.</summary>
public class NodeDataNotFoundException : NodeDataApiException
{
    /// <summary>An answer of the service as an error.</summary>
    /// <param name="message">What happened and what to do.</param>
    public NodeDataNotFoundException(string? message)
        : base(HttpStatusCode.NotFound, message) { }

    internal NodeDataNotFoundException(ErrorReport report)
        : base(HttpStatusCode.NotFound, report) { }
}
