using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using NodeData.Sdk.Http;

namespace NodeData.Sdk;

/// <summary>
/// Represents the response to a raw request, which is a request to an endpoint without a dedicated method, including its body. The body is exactly as the
/// service sent it: nothing in it is masked.
/// </summary>
public sealed class NodeResponse : NodeResponseInfo
{
    /// <summary>Initializes a new instance of the <see cref="NodeResponse"/> class.</summary>
    /// <param name="status">The HTTP status code.</param>
    /// <param name="body">The body; empty if there is none.</param>
    /// <param name="headers">The headers; null if there are none.</param>
    /// <param name="requestId">The request ID that the service returned; null if it returned none.</param>
    /// <param name="rateLimit">The state of the rate limit; null if the service did not return it.</param>
    public NodeResponse(
        HttpStatusCode status,
        ReadOnlyMemory<byte> body,
        IReadOnlyDictionary<string, string>? headers = null,
        string? requestId = null,
        RateLimit? rateLimit = null
    )
        : base(status, headers ?? new Dictionary<string, string>(), requestId, rateLimit) => Body = body;

    /// <summary>Gets the body; empty if there is none.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>Parses the body as JSON.</summary>
    /// <returns>The JSON node; null if the body is the JSON value null.</returns>
    /// <exception cref="NodeDataResponseFormatException">The body is empty or not JSON.</exception>
    public JsonNode? ReadJsonNode() => ReadJson(() => JsonNode.Parse(JsonText.Normalize(Body.Span)));

    /// <summary>Deserializes the body without reflection.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="type">The type information, from a source-generated <c>JsonSerializerContext</c>.</param>
    /// <returns>The value; null if the body is the JSON value null.</returns>
    /// <exception cref="NodeDataResponseFormatException">The body is empty or not the expected JSON.</exception>
    public T? Read<T>(JsonTypeInfo<T> type) => ReadJson(() => JsonSerializer.Deserialize(JsonText.Normalize(Body.Span), type));

    private T ReadJson<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (JsonException exception)
        {
            // The exception is not kept as an inner exception: its message may quote the body.
            throw new NodeDataResponseFormatException(
                Status,
                $"The response {this} is {(Body.IsEmpty ? "empty, but JSON was expected" : "not the expected JSON")} "
                    + $"(line {exception.LineNumber}, byte {exception.BytePositionInLine})."
            )
            {
                RequestId = RequestId,
                RateLimit = RateLimit,
            };
        }
    }
}
