using System.Net;
using NodeData.Sdk.Errors;

namespace NodeData.Sdk;

/// <summary>401: the key is malformed, unknown, revoked or expired.</summary>
public class InvalidKeyException : NodeDataApiException
{
    /// <summary>An answer of the service as an error.</summary>
    /// <param name="message">What happened and what to do.</param>
    public InvalidKeyException(string? message)
        : base(HttpStatusCode.Unauthorized, message) { }

    internal InvalidKeyException(ErrorReport report)
        : base(HttpStatusCode.Unauthorized, report) { }
}
