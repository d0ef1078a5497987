using System.Net;
using NodeData.Sdk.Errors;

namespace NodeData.Sdk;

/// <summary>503 with the code <c>maintenance</c>: the service is closed on purpose; <see cref="NodeDataApiException.RetryAfter"/> says for how long.</summary>
public class NodeDataMaintenanceException : NodeDataApiException
{
    /// <summary>An answer of the service as an error.</summary>
    /// <param name="message">What happened and what to do.</param>
    public NodeDataMaintenanceException(string? message)
        : base(HttpStatusCode.ServiceUnavailable, message) { }

    internal NodeDataMaintenanceException(ErrorReport report)
        : base(HttpStatusCode.ServiceUnavailable, report) { }
}
