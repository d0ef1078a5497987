using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text;
using NodeData.Cli.Scan.Searching;

namespace NodeData.Cli.Scan.Diffs;

/// <summary>
/// Reads the output of <c>git log -p</c>, <c>git diff</c> and <c>git for-each-ref</c> in the format of <see cref="GitArguments"/>, line by line, and finds the
/// secrets that were introduced. Each line of a file begins with a marker, so file content cannot be mistaken for git's headers; a message is enclosed in zero
/// bytes, which it cannot contain.
/// </summary>
internal sealed class DiffReader(ScanResult result)
{
    private LineSearch _search = new();
    private Section _section = Section.None;
    private LineKind _kind;
    private string? _commit;
    private FileChange? _change;
    private int _markerCount = 1;
    private int _line;
    private int _commitCount;

    private enum Section
    {
        None,
        Message,
        Header,
        Lines,
    }

    private enum LineKind
    {
        Other,
        Context,
        Message,
        Added,
        Removed,
    }

    /// <summary>The changes for which git prints no lines.</summary>
    public List<FileChange> BinaryChanges { get; } = [];

    /// <summary>The number of commits read so far. Other threads may read it.</summary>
    public int CommitCount => Volatile.Read(ref _commitCount);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Read(Stream stream)
    {
        _search = new LineSearch();
        using var lines = new LineReader(stream);
        while (lines.TryRead(out var piece))
        {
            if (piece.IsStart)
            {
                StartLine(piece.Text);
            }

            if (_kind > LineKind.Context && (piece.MayHoldSecret || !piece.IsStart || !piece.IsEnd))
            {
                _search.Search(piece, _kind == LineKind.Message ? 0 : _markerCount);
            }

            if (piece.IsEnd)
            {
                EndLine(piece.Text);
            }
        }

        EndChange();
        result.AllowedCount += _search.AllowedCount;
        (_section, _commit) = (Section.None, null);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void StartLine(ReadOnlySpan<byte> text)
    {
        _kind = LineKind.Other;
        if (_section == Section.Message)
        {
            _kind = LineKind.Message;
            _line++;
        }
        else if (text is [0, ..])
        {
            EndChange();
            (_commit, _section, _line) = (Encoding.ASCII.GetString(text[1..]), Section.Message, 0);
            Volatile.Write(ref _commitCount, _commitCount + 1);
        }
        else if (text.StartsWith(DiffFileHeader.Prefix))
        {
            EndChange();
            _change = DiffFileHeader.CreateChange(_commit, text);
            _section = Section.Header;
        }
        else if (text.StartsWith("@@"u8))
        {
            StartHunk(text);
        }
        else if (_section == Section.Header)
        {
            DiffFileHeader.ApplyLine(text, _change!);
        }
        else if (_section == Section.Lines)
        {
            ClassifyLine(text);
        }
    }

    // @@ -1,2 +3,4 @@: one marker; @@@ -1,2 -1,2 +3,4 @@@: a merge of two parents, two markers.
    private void StartHunk(ReadOnlySpan<byte> text)
    {
        _markerCount = Math.Max(text.IndexOfAnyExcept((byte)'@') - 1, 1);
        var at = text.IndexOf(" +"u8);
        _line = at >= 0 && Utf8Parser.TryParse(text[(at + 2)..], out int line, out _) ? line : 1;
        _section = Section.Lines;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ClassifyLine(ReadOnlySpan<byte> text)
    {
        var markers = text[..Math.Min(_markerCount, text.Length)];
        _kind = markers switch
        {
            [(byte)'\\', ..] => LineKind.Other,
            _ when markers.Contains((byte)'-') => LineKind.Removed,
            _ when markers.Length < _markerCount || markers.ContainsAnyExcept((byte)'+') => LineKind.Context,
            _ => LineKind.Added,
        };
    }

    private void EndLine(ReadOnlySpan<byte> text)
    {
        switch (_kind)
        {
            case LineKind.Message:
                result.Findings.AddRange(
                    _search.EndLine().Select(secret => new Finding(secret.Secret, _commit, Path: null, _line, secret.Column))
                );
                _section = text is [.., 0] ? Section.None : Section.Message;
                break;
            case LineKind.Added:
                if (!_search.IsEmpty)
                {
                    _change?.Add(_search.EndLine(), _line);
                }

                _line++;
                break;
            case LineKind.Removed when !_search.IsEmpty:
                _change?.Remove(_search.EndLine());
                break;
            case LineKind.Context:
                _line++;
                break;
        }
    }

    private void EndChange()
    {
        if (_change is { IsBinary: true })
        {
            BinaryChanges.Add(_change);
        }
        else if (_change is not null)
        {
            result.Findings.AddRange(_change.GetIntroducedSecrets());
        }

        _change = null;
    }
}
