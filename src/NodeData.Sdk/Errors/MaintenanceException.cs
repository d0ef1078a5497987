using System.Net;
using NodeData.Sdk.Errors;

namespace NodeData.Sdk;

/// <summary>503 with the code <c>maintenance</c>: the service is closed on purpose; <see cref="NodeDataApiException.RetryAfter"/> says for how long.</summary>
public class MaintenanceException : NodeDataApiException
{
    /// <summary>An answer of the service as an error.</summary>
    /// <param name="message">What happened and what to do.</param>
    public MaintenanceException(string? message)
        : base(HttpStatusCode.ServiceUnavailable, message) { }

    internal MaintenanceException(ErrorReport report)
        : base(HttpStatusCode.ServiceUnavailable, report) { }
}
