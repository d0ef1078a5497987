using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text;
using NodeData.Cli.Scan.Searching;

namespace NodeData.Cli.Scan.Diffs;

/// <summary>
/// Reads what <c>git log -p</c>, <c>git diff</c> and <c>git for-each-ref</c> print in the form of <see cref="GitDiffs"/>, line by line, and finds the secrets that
/// came in. A line of a file begins with a mark, so nothing in a file can be taken for git's own words; a message stands between two zero bytes, which it cannot hold.
/// </summary>
internal sealed class DiffReader(ScanResult result)
{
    private LineSearch _search = new();
    private Place _place = Place.Between;
    private LineKind _kind;
    private string? _commit;
    private FileChange? _change;
    private int _marks = 1;
    private int _line;
    private int _commits;

    private enum Place
    {
        Between,
        Message,
        Heading,
        Lines,
    }

    private enum LineKind
    {
        Other,
        Kept,
        Message,
        Added,
        Removed,
    }

    /// <summary>The changes that git shows no lines of.</summary>
    public List<FileChange> Binaries { get; } = [];

    /// <summary>How many commits were read so far; may be read by other threads.</summary>
    public int Commits => Volatile.Read(ref _commits);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Read(Stream stream)
    {
        _search = new LineSearch();
        using var lines = new LineReader(stream);
        while (lines.TryRead(out var piece))
        {
            if (piece.IsStart)
            {
                Begin(piece.Text);
            }

            if (_kind > LineKind.Kept && (piece.MayHoldSecret || !piece.IsStart || !piece.IsEnd))
            {
                _search.Look(piece, _kind == LineKind.Message ? 0 : _marks);
            }

            if (piece.IsEnd)
            {
                End(piece.Text);
            }
        }

        EndChange();
        result.Allowed += _search.Allowed;
        (_place, _commit) = (Place.Between, null);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Begin(ReadOnlySpan<byte> text)
    {
        _kind = LineKind.Other;
        if (_place == Place.Message)
        {
            _kind = LineKind.Message;
            _line++;
        }
        else if (text is [0, ..])
        {
            EndChange();
            (_commit, _place, _line) = (Encoding.ASCII.GetString(text[1..]), Place.Message, 0);
            Volatile.Write(ref _commits, _commits + 1);
        }
        else if (text.StartsWith(FileHeading.Beginning))
        {
            EndChange();
            _change = FileHeading.Begin(_commit, text);
            _place = Place.Heading;
        }
        else if (text.StartsWith("@@"u8))
        {
            BeginHunk(text);
        }
        else if (_place == Place.Heading)
        {
            FileHeading.Read(text, _change!);
        }
        else if (_place == Place.Lines)
        {
            BeginLine(text);
        }
    }

    // @@ -1,2 +3,4 @@: one mark; @@@ -1,2 -1,2 +3,4 @@@: a merge of two parents, two marks.
    private void BeginHunk(ReadOnlySpan<byte> text)
    {
        _marks = Math.Max(text.IndexOfAnyExcept((byte)'@') - 1, 1);
        var at = text.IndexOf(" +"u8);
        _line = at >= 0 && Utf8Parser.TryParse(text[(at + 2)..], out int line, out _) ? line : 1;
        _place = Place.Lines;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void BeginLine(ReadOnlySpan<byte> text)
    {
        var marks = text[..Math.Min(_marks, text.Length)];
        _kind = marks switch
        {
            [(byte)'\\', ..] => LineKind.Other,
            _ when marks.Contains((byte)'-') => LineKind.Removed,
            _ when marks.Length < _marks || marks.ContainsAnyExcept((byte)'+') => LineKind.Kept,
            _ => LineKind.Added,
        };
    }

    private void End(ReadOnlySpan<byte> text)
    {
        switch (_kind)
        {
            case LineKind.Message:
                result.Findings.AddRange(
                    _search.End().Select(secret => new Finding(secret.Secret, _commit, Path: null, _line, secret.Column))
                );
                _place = text is [.., 0] ? Place.Between : Place.Message;
                break;
            case LineKind.Added:
                if (!_search.IsEmpty)
                {
                    _change?.Add(_search.End(), _line);
                }

                _line++;
                break;
            case LineKind.Removed when !_search.IsEmpty:
                _change?.Remove(_search.End());
                break;
            case LineKind.Kept:
                _line++;
                break;
        }
    }

    private void EndChange()
    {
        if (_change is { IsBinary: true })
        {
            Binaries.Add(_change);
        }
        else if (_change is not null)
        {
            result.Findings.AddRange(_change.Introduced());
        }

        _change = null;
    }
}
