using System.Buffers;
using System.Runtime.CompilerServices;

namespace NodeData.Cli.Scan.Searching;

/// <summary>Reads a stream line by line with a buffer of fixed size, for streams and lines of any length. Does not dispose the stream.</summary>
internal sealed class LineReader : IDisposable
{
    /// <summary>The number of bytes that the next piece repeats: the longest secret in UTF-16 and its context.</summary>
    public const int Overlap = 1024;

    private const int BufferSize = 256 * 1024;
    private readonly Stream _stream;
    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
    private readonly SecretPrefixSearch _prefixSearch = new();
    private int _start;
    private int _searched;
    private int _end;
    private bool _isInLine;
    private bool _isEndOfStream;
    private bool _hasZeros;

    public LineReader(Stream stream) => _stream = stream;

    /// <summary>Reads the next line or piece. Its text is valid until the next call.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryRead(out LinePiece piece)
    {
        while (true)
        {
            if (_buffer.AsSpan(_searched, _end - _searched).IndexOf((byte)'\n') is >= 0 and var length)
            {
                piece = CreatePiece(_searched + length, isEnd: true);
                _start = _searched = _searched + length + 1;
                return true;
            }

            _searched = _end;
            if (_isEndOfStream)
            {
                piece = CreatePiece(_end, isEnd: true);
                var hasLine = _start < _end || _isInLine;
                _start = _end;
                _isInLine = false;
                return hasLine;
            }

            if (_start == 0 && _end == _buffer.Length)
            {
                piece = CreatePiece(_end, isEnd: false);
                _start = _end - Overlap;
                _isInLine = true;
                return true;
            }

            Fill();
        }
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer, clearArray: true);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private LinePiece CreatePiece(int end, bool isEnd)
    {
        var isStart = !_isInLine;
        _isInLine = !isEnd;
        return new LinePiece(
            _buffer.AsSpan(_start, end - _start),
            isStart,
            isEnd,
            _prefixSearch.ContainsPrefix(_buffer.AsSpan(0, _end), _start, end, _hasZeros)
        );
    }

    private void Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_searched, _end, _start) = (_searched - _start, _end - _start, 0);
        }

        var read = _stream.Read(_buffer, _end, _buffer.Length - _end);
        _isEndOfStream = read == 0;
        _hasZeros |= _buffer.AsSpan(_end, read).Contains((byte)0);
        _end += read;
        _prefixSearch.Reset();
    }
}
