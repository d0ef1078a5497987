using System.Net;
using NodeData.Sdk.Errors;

namespace NodeData.Sdk;

/// <summary>402: payment stands in the way; <see cref="NodeDataApiException.Details"/> may say how much.</summary>
public class NodeDataPaymentRequiredException : NodeDataApiException
{
    /// <summary>An answer of the service as an error.</summary>
    /// <param name="message">What happened and what to do.</param>
    public NodeDataPaymentRequiredException(string? message)
        : base(HttpStatusCode.PaymentRequired, message) { }

    internal NodeDataPaymentRequiredException(ErrorReport report)
        : base(HttpStatusCode.PaymentRequired, report) { }
}
