using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace NodeData.Emulator.Responses;

/// <summary>A response as a value, complete before its first byte is sent, so that it can be stored, truncated, dropped and recorded.</summary>
internal sealed record Response(int Status, ReadOnlyMemory<byte> Body, string ContentType)
{
    public const string JsonContentType = "application/json";

    /// <summary>Headers other than the content headers and the request ID.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>The ID of the original request if this response is replayed for an idempotency key; otherwise, null.</summary>
    public string? RepeatedRequestId { get; init; }

    public static Response FromJson<T>(int status, T value, JsonTypeInfo<T> type) =>
        new(status, JsonSerializer.SerializeToUtf8Bytes(value, type), JsonContentType);

    public Response WithHeader(string header, string value) => this with { Headers = [.. Headers, new(header, value)] };
}
