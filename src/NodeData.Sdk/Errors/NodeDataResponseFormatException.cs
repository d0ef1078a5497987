using System.Net;
using NodeData.Sdk.Errors;

namespace NodeData.Sdk;

/// <summary>
/// The service reported success, but its answer is empty, not the expected JSON, larger than <see cref="NodeClientOptions.MaxResponseBytes"/>, or a cursor
/// that was there before. The request may well have been carried out. The answer itself is not kept here: it may hold a secret.
/// </summary>
public class NodeDataResponseFormatException : NodeDataApiException
{
    /// <summary>An answer that cannot be read.</summary>
    /// <param name="status">The status of the answer.</param>
    /// <param name="message">What happened and what to do.</param>
    public NodeDataResponseFormatException(HttpStatusCode status, string? message)
        : base(status, message) { }

    internal NodeDataResponseFormatException(HttpStatusCode status, ErrorReport report)
        : base(status, report) { }
}
