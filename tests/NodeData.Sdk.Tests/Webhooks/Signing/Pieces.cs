using System.Buffers;

namespace NodeData.Sdk.Tests.Webhooks.Signing;

/// <summary>A body as a server hands it over: in pieces that are cut anywhere.</summary>
internal sealed class Pieces : ReadOnlySequenceSegment<byte>
{
    private Pieces(ReadOnlyMemory<byte> memory, long index)
    {
        Memory = memory;
        RunningIndex = index;
    }

    public static ReadOnlySequence<byte> Of(params IReadOnlyList<ReadOnlyMemory<byte>> pieces)
    {
        var first = new Pieces(pieces[0], 0);
        var last = first;
        foreach (var piece in pieces.Skip(1))
        {
            var next = new Pieces(piece, last.RunningIndex + last.Memory.Length);
            last.Next = next;
            last = next;
        }

        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    public static ReadOnlySequence<byte> Cut(byte[] body, int size) =>
        body.Length == 0 ? ReadOnlySequence<byte>.Empty : Of([.. body.Chunk(size).Select(chunk => new ReadOnlyMemory<byte>(chunk))]);
}
