using System.Collections.ObjectModel;
using System.Net;
using System.Text.Json;
using NodeData.Sdk.Errors;

namespace NodeData.Sdk;

/// <summary>
/// The service answered, and not with what was asked for. Its message says what happened, to which call, the request id and what to do. Each status with a
/// meaning of its own has a type of its own (contract, "Errors"); any other status, a redirect included, is this type itself.
/// </summary>
public class NodeDataApiException : NodeDataException
{
    /// <summary>An answer of the service as an error.</summary>
    /// <param name="status">The status of the answer.</param>
    /// <param name="message">What happened and what to do.</param>
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

    /// <summary>The status of the answer.</summary>
    public HttpStatusCode Status { get; }

    /// <summary>The service's word for what happened, such as <c>validation_failed</c>; null where it gave none.</summary>
    public string? Code { get; init; }

    /// <summary>The field of the request that was at fault; null where the service named none.</summary>
    public string? Field { get; init; }

    /// <summary>The service's name for this very request, for its support; null where it gave none.</summary>
    public string? RequestId { get; init; }

    /// <summary>How long to wait before trying again, as the service asked; null where it did not.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What is left of the rate limit; null where the service did not say.</summary>
    public RateLimit? RateLimit { get; init; }

    /// <summary>The body of the answer as text, its first 64 KiB at most, with any secret masked; null where it was empty.</summary>
    public string? Body { get; init; }

    /// <summary>What the service said beyond the members above, such as <c>price_cents</c> beside <c>purchase_required</c>; secrets masked.</summary>
    public IReadOnlyDictionary<string, JsonElement> Details { get; init; } = ReadOnlyDictionary<string, JsonElement>.Empty;
}
