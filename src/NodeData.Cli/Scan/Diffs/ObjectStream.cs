using System.Globalization;
using System.Text;

namespace NodeData.Cli.Scan.Diffs;

/// <summary>Reads the output of <c>git cat-file --batch</c>. Each object is a stream that ends at the end of the object.</summary>
internal sealed class ObjectStream(Stream output) : Stream
{
    private readonly BufferedStream _output = new(output, bufferSize: 64 * 1024);
    private long _remaining;
    private bool _isInObject;

    /// <summary>The requested objects that do not exist in the repository.</summary>
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

    /// <summary>Advances to the next object and skips the unread rest of the current one.</summary>
    public bool TryMoveNext(out string name)
    {
        var rest = new byte[16 * 1024];
        while (Read(rest) > 0)
        {
            // Skipped.
        }

        if (_isInObject)
        {
            // A line break follows each object.
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
