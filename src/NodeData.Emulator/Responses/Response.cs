using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace NodeData.Emulator.Responses;

/// <summary>An answer as a value, made whole before its first byte is sent: it can be remembered, cut, lost, and written into the ledger.</summary>
internal sealed record Response(int Status, ReadOnlyMemory<byte> Body, string ContentType)
{
    public const string JsonContentType = "application/json";

    /// <summary>Headers beside the content's own and the request id.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>The id of the request that this answered first; null where it answers the request at hand.</summary>
    public string? RepeatedRequestId { get; init; }

    public static Response FromJson<T>(int status, T value, JsonTypeInfo<T> type) =>
        new(status, JsonSerializer.SerializeToUtf8Bytes(value, type), JsonContentType);

    public Response WithHeader(string header, string value) => this with { Headers = [.. Headers, new(header, value)] };
}
