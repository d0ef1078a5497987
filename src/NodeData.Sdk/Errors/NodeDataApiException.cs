using System.Collections.ObjectModel;
using System.Net;
using System.Text.Json;
using NodeData.Sdk.Errors;

namespace NodeData.Sdk;

/// <summary>
/// The exception that is thrown when the service returned an error. The message contains the call, the error, the request ID and the remedy. Each status with
/// a defined meaning has a derived type (contract, "Errors"); for any other status, including a redirect, this type itself is thrown.
/// </summary>
public class NodeDataApiException : NodeDataException
{
    /// <summary>Initializes a new instance of the <see cref="NodeDataApiException"/> class.</summary>
    /// <param name="status">The HTTP status code of the response.</param>
    /// <param name="message">A message that describes the error and the remedy.</param>
    public NodeDataApiException(HttpStatusCode status, string? message)
        : base(message) => Status = status;

    internal NodeDataApiException(HttpStatusCode status, ErrorReport report)
        : base(report.Message)
    {
        Status = status;
        Code = report.Code;
        Field = report.Field;
        RequestId = report.RequestId;
        RetryAfter = report.RetryAfter;
        RateLimit = report.RateLimit;
        Body = report.Body;
        Details = report.Details;
    }

    /// <summary>Gets the HTTP status code of the response.</summary>
    public HttpStatusCode Status { get; }

    /// <summary>Gets the service's error code, such as <c>validation_failed</c>; null if it returned none.</summary>
    public string? Code { get; init; }

    /// <summary>Gets the invalid field of the request; null if the service named none.</summary>
    public string? Field { get; init; }

    /// <summary>Gets the request ID that the service returned, for its support; null if it returned none.</summary>
    public string? RequestId { get; init; }

    /// <summary>Gets the time to wait before trying again, as requested by the service; null if it requested none.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Gets the state of the rate limit; null if the service did not return it.</summary>
    public RateLimit? RateLimit { get; init; }

    /// <summary>Gets the body of the response as a string, limited to the first 64 KiB, with secrets masked; null if it was empty.</summary>
    public string? Body { get; init; }

    /// <summary>
    /// Gets the members of the response that this class has no property for, such as <c>price_cents</c> with the code <c>purchase_required</c>. Secrets are
    /// masked.
    /// </summary>
    public IReadOnlyDictionary<string, JsonElement> Details { get; init; } = ReadOnlyDictionary<string, JsonElement>.Empty;
}
