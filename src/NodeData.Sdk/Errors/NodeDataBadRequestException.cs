using System.Net;
using NodeData.Sdk.Errors;

namespace NodeData.Sdk;

/// <summary>400: the request is not valid; <see cref="NodeDataApiException.Field"/> names the field where the service did.</summary>
public class NodeDataBadRequestException : NodeDataApiException
{
    /// <summary>An answer of the service as an error.</summary>
    /// <param name="message">What happened and what to do.</param>
    public NodeDataBadRequestException(string? message)
        : base(HttpStatusCode.BadRequest, message) { }

    internal NodeDataBadRequestException(ErrorReport report)
        : base(HttpStatusCode.BadRequest, report) { }
}
