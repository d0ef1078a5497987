using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace NodeData.Sdk;

/// <summary>The answer to a call that this client does not describe, body and all. The body is as the service sent it: nothing in it is masked.</summary>
public sealed class NodeResponse : NodeResponseInfo
{
    /// <summary>An answer.</summary>
    /// <param name="status">The status.</param>
    /// <param name="body">The body; empty for none.</param>
    /// <param name="headers">The headers; null for none.</param>
    /// <param name="requestId">The service's name for the request, or null.</param>
    /// <param name="rateLimit">What is left of the rate limit, or null.</param>
    public NodeResponse(
        HttpStatusCode status,
        ReadOnlyMemory<byte> body,
        IReadOnlyDictionary<string, string>? headers = null,
        string? requestId = null,
        RateLimit? rateLimit = null
    )
        : base(status, headers ?? new Dictionary<string, string>(), requestId, rateLimit) => Body = body;

    /// <summary>The body; empty where there was none.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>The body as a tree of JSON; null where it is the JSON value null.</summary>
    /// <exception cref="NodeDataResponseFormatException">The body is empty or no JSON.</exception>
    public JsonNode? ReadNode() => ReadJson(() => JsonNode.Parse(Body.Span));

    /// <summary>The body as a value of the caller's own type, read without reflection.</summary>
    /// <typeparam name="T">The type to read.</typeparam>
    /// <param name="type">Its type information, from a source-generated <c>JsonSerializerContext</c>.</param>
    /// <exception cref="NodeDataResponseFormatException">The body is empty or not the expected JSON.</exception>
    public T? Read<T>(JsonTypeInfo<T> type) => ReadJson(() => JsonSerializer.Deserialize(Body.Span, type));

    private T ReadJson<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (JsonException failure)
        {
            // The failure itself is not kept: its message may quote what it stumbled over.
            throw new NodeDataResponseFormatException(
                Status,
                $"The answer {this} is {(Body.IsEmpty ? "empty where JSON was expected" : "not the expected JSON")} "
                    + $"(line {failure.LineNumber}, byte {failure.BytePositionInLine})."
            )
            {
                RequestId = RequestId,
                RateLimit = RateLimit,
            };
        }
    }
}
