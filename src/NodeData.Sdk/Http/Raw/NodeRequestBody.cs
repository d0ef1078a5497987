using System.Buffers;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace NodeData.Sdk;

/// <summary>
/// Represents the JSON body of a raw request, which is a request to an endpoint without a dedicated method: bytes, a <see cref="JsonNode"/>, or a value with
/// its type information. Immutable.
/// </summary>
[DebuggerDisplay("{Bytes.Length} bytes")]
public sealed class NodeRequestBody
{
    private NodeRequestBody(ReadOnlyMemory<byte> bytes) => Bytes = bytes;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    internal ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Converts JSON in UTF-8 to a request body. The bytes are not validated, and must not change until the call completes.</summary>
    /// <param name="json">The bytes.</param>
    /// <returns>The request body.</returns>
    public static implicit operator NodeRequestBody(byte[] json) => FromBytes(json);

    /// <summary>Converts JSON in UTF-8 to a request body. The bytes are not validated, and must not change until the call completes.</summary>
    /// <param name="json">The bytes.</param>
    /// <returns>The request body.</returns>
    public static implicit operator NodeRequestBody(ReadOnlyMemory<byte> json) => FromBytes(json);

    /// <summary>Converts a JSON node to a request body. The node is serialized immediately.</summary>
    /// <param name="json">The node.</param>
    /// <returns>The request body.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="json"/> is null.</exception>
    public static implicit operator NodeRequestBody(JsonNode json) => FromJsonNode(json);

    /// <summary>Creates a request body from JSON in UTF-8. The bytes are not validated, and must not change until the call completes.</summary>
    /// <param name="json">The bytes.</param>
    /// <returns>The request body.</returns>
    public static NodeRequestBody FromBytes(ReadOnlyMemory<byte> json) => new(json);

    /// <summary>Creates a request body from a JSON node. The node is serialized immediately.</summary>
    /// <param name="json">The node.</param>
    /// <returns>The request body.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="json"/> is null.</exception>
    public static NodeRequestBody FromJsonNode(JsonNode json)
    {
        ArgumentNullException.ThrowIfNull(json);
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            json.WriteTo(writer);
        }

        return new NodeRequestBody(buffer.WrittenMemory);
    }

    /// <summary>Creates a request body from a value, serialized without reflection.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="type">The type information, from a source-generated <c>JsonSerializerContext</c>.</param>
    /// <returns>The request body.</returns>
    public static NodeRequestBody FromValue<T>(T value, JsonTypeInfo<T> type) => new(JsonSerializer.SerializeToUtf8Bytes(value, type));
}
