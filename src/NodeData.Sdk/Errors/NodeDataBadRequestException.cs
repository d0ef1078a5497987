using System.Net;
using NodeData.Sdk.Errors;

namespace NodeData.Sdk;

/// <summary>
/// The exception that is thrown for status 400: the request is not valid. <see cref="NodeDataApiException.Field"/> is the invalid field if the service
/// returned it.
/// </summary>
public class NodeDataBadRequestException : NodeDataApiException
{
    /// <summary>Initializes a new instance of the <see cref="NodeDataBadRequestException"/> class.</summary>
    /// <param name="message">A message that describes the error and the remedy.</param>
    public NodeDataBadRequestException(string? message)
        : base(HttpStatusCode.BadRequest, message) { }

    internal NodeDataBadRequestException(ErrorReport report)
        : base(HttpStatusCode.BadRequest, report) { }
}
