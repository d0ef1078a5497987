using System.Globalization;
using System.Text;

namespace NodeData.Cli.Scan.Diffs;

/// <summary>Reads what <c>git cat-file --batch</c> prints: object after object, each as a stream that ends where the object ends.</summary>
internal sealed class ObjectStream(Stream output) : Stream
{
    private readonly BufferedStream _output = new(output, bufferSize: 64 * 1024);
    private long _remaining;
    private bool _isInObject;

    /// <summary>The objects that were asked for and are not there.</summary>
    public List<string> MissingObjects { get; } = [];

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Goes to the next object; what was not read of the last one is passed over.</summary>
    public bool TryMoveNext(out string name)
    {
        var rest = new byte[16 * 1024];
        while (Read(rest) > 0)
        {
            // Passed over.
        }

        if (_isInObject)
        {
            // A line's end stands behind each object.
            _output.ReadByte();
            _isInObject = false;
        }

        // OID TYPE SIZE, or OID missing
        while (ReadHeader() is { Length: > 0 } header)
        {
            var parts = header.Split(' ');
            name = parts[0];
            if (parts.Length == 3 && long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out _remaining))
            {
                _isInObject = true;
                return true;
            }

            MissingObjects.Add(name);
        }

        name = "";
        return false;
    }

    public override int Read(Span<byte> buffer)
    {
        var read = _remaining == 0 ? 0 : _output.Read(buffer[..(int)Math.Min(buffer.Length, _remaining)]);
        _remaining = read == 0 ? 0 : _remaining - read;
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private string ReadHeader()
    {
        var header = new StringBuilder();
        for (var next = _output.ReadByte(); next >= 0 && next != '\n'; next = _output.ReadByte())
        {
            header.Append((char)next);
        }

        return header.ToString();
    }
}
