using System.Buffers;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace NodeData.Sdk;

/// <summary>The JSON body of a call that this client does not describe: bytes, a <see cref="JsonNode"/>, or a value with its type information. Immutable.</summary>
[DebuggerDisplay("{Bytes.Length} bytes")]
public sealed class NodeRequestBody
{
    private NodeRequestBody(ReadOnlyMemory<byte> bytes) => Bytes = bytes;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    internal ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Bytes that are JSON in UTF-8; they are not looked at, and must not change until the call is over.</summary>
    public static implicit operator NodeRequestBody(byte[] json) => FromBytes(json);

    /// <summary>Bytes that are JSON in UTF-8; they are not looked at, and must not change until the call is over.</summary>
    public static implicit operator NodeRequestBody(ReadOnlyMemory<byte> json) => FromBytes(json);

    /// <summary>A tree of JSON, as it is now.</summary>
    public static implicit operator NodeRequestBody(JsonNode json) => FromNode(json);

    /// <summary>Bytes that are JSON in UTF-8; they are not looked at, and must not change until the call is over.</summary>
    /// <param name="json">The bytes.</param>
    public static NodeRequestBody FromBytes(ReadOnlyMemory<byte> json) => new(json);

    /// <summary>A tree of JSON, as it is now.</summary>
    /// <param name="json">The tree.</param>
    public static NodeRequestBody FromNode(JsonNode json)
    {
        ArgumentNullException.ThrowIfNull(json);
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            json.WriteTo(writer);
        }

        return new NodeRequestBody(buffer.WrittenMemory);
    }

    /// <summary>A value of the caller's own type, written without reflection.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="type">Its type information, from a source-generated <c>JsonSerializerContext</c>.</param>
    public static NodeRequestBody FromValue<T>(T value, JsonTypeInfo<T> type) => new(JsonSerializer.SerializeToUtf8Bytes(value, type));
}
