using System.Diagnostics;
using System.Net;

namespace NodeData.Sdk;

/// <summary>Represents the metadata of a response: everything except its body. Immutable.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public class NodeResponseInfo
{
    /// <summary>Initializes a new instance of the <see cref="NodeResponseInfo"/> class.</summary>
    /// <param name="status">The HTTP status code.</param>
    /// <param name="headers">The headers, with case-insensitive names. Several values of one name are joined by a comma.</param>
    /// <param name="requestId">The request ID that the service returned; null if it returned none.</param>
    /// <param name="rateLimit">The state of the rate limit; null if the service did not return it.</param>
    /// <exception cref="ArgumentNullException"><paramref name="headers"/> is null.</exception>
    public NodeResponseInfo(
        HttpStatusCode status,
        IReadOnlyDictionary<string, string> headers,
        string? requestId = null,
        RateLimit? rateLimit = null
    )
    {
        ArgumentNullException.ThrowIfNull(headers);
        Status = status;
        Headers = headers;
        RequestId = requestId;
        RateLimit = rateLimit;
    }

    /// <summary>Gets the HTTP status code.</summary>
    public HttpStatusCode Status { get; }

    /// <summary>Gets the headers, with case-insensitive names. Several values of one name are joined by a comma.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; }

    /// <summary>Gets the request ID that the service returned; null if it returned none.</summary>
    public string? RequestId { get; }

    /// <summary>Gets the state of the rate limit; null if the service did not return it.</summary>
    public RateLimit? RateLimit { get; }

    /// <summary>Returns the status and the request ID.</summary>
    /// <returns>The status, followed by the request ID in parentheses if there is one.</returns>
    public override string ToString() => RequestId is null ? $"{(int)Status} {Status}" : $"{(int)Status} {Status} ({RequestId})";

    internal static Dictionary<string, string> GetHeaders(HttpResponseMessage response)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, values) in response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated))
        {
            headers[name] = string.Join(", ", values);
        }

        return headers;
    }
}
