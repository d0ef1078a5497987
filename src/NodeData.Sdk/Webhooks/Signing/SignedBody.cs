using System.Buffers;
using System.Security.Cryptography;
using System.Text.Unicode;

namespace NodeData.Sdk.Webhooks.Signing;

/// <summary>The body of a request: bytes, a sequence of bytes, or a string. At most one of the three fields is not empty.</summary>
internal readonly ref struct SignedBody
{
    private const int ChunkBytes = 1024;

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly ReadOnlySpan<char> _text;
    private readonly ReadOnlySequence<byte> _sequence;

    public SignedBody(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    public SignedBody(ReadOnlySequence<byte> sequence) => _sequence = sequence;

    public SignedBody(ReadOnlySpan<char> text) => _text = text;

    public void AppendTo(IncrementalHash hash)
    {
        if (!_bytes.IsEmpty)
        {
            hash.AppendData(_bytes);
        }
        else if (!_text.IsEmpty)
        {
            AppendText(hash, _text);
        }
        else
        {
            foreach (var segment in _sequence)
            {
                hash.AppendData(segment.Span);
            }
        }
    }

    private static void AppendText(IncrementalHash hash, ReadOnlySpan<char> text)
    {
        Span<byte> chunk = stackalloc byte[ChunkBytes];
        while (!text.IsEmpty)
        {
            Utf8.FromUtf16(text, chunk, out var read, out var written);
            hash.AppendData(chunk[..written]);
            text = text[read..];
        }

        CryptographicOperations.ZeroMemory(chunk);
    }
}
