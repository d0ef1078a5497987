using System.Diagnostics;
using System.Net;

namespace NodeData.Sdk;

/// <summary>What came with an answer beside its body. Immutable.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public class NodeResponseInfo
{
    /// <summary>What came with an answer.</summary>
    /// <param name="status">The status.</param>
    /// <param name="headers">The headers, whatever the case of their names; several values of one name are joined by a comma.</param>
    /// <param name="requestId">The service's name for the request, or null.</param>
    /// <param name="rateLimit">What is left of the rate limit, or null.</param>
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

    /// <summary>The status.</summary>
    public HttpStatusCode Status { get; }

    /// <summary>The headers, whatever the case of their names; several values of one name are joined by a comma.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; }

    /// <summary>The service's name for the request; null where it gave none.</summary>
    public string? RequestId { get; }

    /// <summary>What is left of the rate limit; null where the service did not say.</summary>
    public RateLimit? RateLimit { get; }

    /// <summary>Status and request id.</summary>
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
