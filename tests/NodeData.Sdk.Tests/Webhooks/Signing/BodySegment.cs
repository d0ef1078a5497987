using System.Buffers;

namespace NodeData.Sdk.Tests.Webhooks.Signing;

/// <summary>A segment of a body. A server passes a body in segments of any size.</summary>
internal sealed class BodySegment : ReadOnlySequenceSegment<byte>
{
    private BodySegment(ReadOnlyMemory<byte> memory, long index)
    {
        Memory = memory;
        RunningIndex = index;
    }

    public static ReadOnlySequence<byte> Create(params IReadOnlyList<ReadOnlyMemory<byte>> segments)
    {
        var first = new BodySegment(segments[0], 0);
        var last = first;
        foreach (var segment in segments.Skip(1))
        {
            var next = new BodySegment(segment, last.RunningIndex + last.Memory.Length);
            last.Next = next;
            last = next;
        }

        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    public static ReadOnlySequence<byte> Split(byte[] body, int segmentSize) =>
        body.Length == 0
            ? ReadOnlySequence<byte>.Empty
            : Create([.. body.Chunk(segmentSize).Select(chunk => new ReadOnlyMemory<byte>(chunk))]);
}
