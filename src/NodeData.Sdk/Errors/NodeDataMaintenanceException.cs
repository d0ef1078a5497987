using System.Net;
using NodeData.Sdk.Errors;

namespace NodeData.Sdk;

/// <summary>
/// The exception that is thrown for status 503 with the code <c>maintenance</c>: the service is down for maintenance.
/// <see cref="NodeDataApiException.RetryAfter"/> is the expected duration.
/// </summary>
public class NodeDataMaintenanceException : NodeDataApiException
{
    /// <summary>Initializes a new instance of the <see cref="NodeDataMaintenanceException"/> class.</summary>
    /// <param name="message">A message that describes the error and the remedy.</param>
    public NodeDataMaintenanceException(string? message)
        : base(HttpStatusCode.ServiceUnavailable, message) { }

    internal NodeDataMaintenanceException(ErrorReport report)
        : base(HttpStatusCode.ServiceUnavailable, report) { }
}
