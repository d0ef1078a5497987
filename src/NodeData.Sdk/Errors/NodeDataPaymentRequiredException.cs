using System.Net;
using NodeData.Sdk.Errors;

namespace NodeData.Sdk;

/// <summary>
/// The exception that is thrown for status 402: the request requires a payment. <see cref="NodeDataApiException.Details"/> may contain the amount.
/// </summary>
public class NodeDataPaymentRequiredException : NodeDataApiException
{
    /// <summary>Initializes a new instance of the <see cref="NodeDataPaymentRequiredException"/> class.</summary>
    /// <param name="message">A message that describes the error and the remedy.</param>
    public NodeDataPaymentRequiredException(string? message)
        : base(HttpStatusCode.PaymentRequired, message) { }

    internal NodeDataPaymentRequiredException(ErrorReport report)
        : base(HttpStatusCode.PaymentRequired, report) { }
}
