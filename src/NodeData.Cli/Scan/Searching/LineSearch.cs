using System.Buffers;
using System.Text;
using NodeData.Cli.Secrets;

namespace NodeData.Cli.Scan.Searching;

/// <summary>Finds the secrets of one line, piece by piece.</summary>
internal sealed class LineSearch
{
    // Enough to know an escape sequence before a secret, and an ellipsis behind it.
    private const int ContextLength = 16;
    private static readonly SearchValues<byte> TokenCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"u8
    );
    private static readonly byte[] Allow = "node-data:allow"u8.ToArray();
    private static readonly byte[] WideAllow = [.. Allow.SelectMany(character => new byte[] { character, 0 }).SkipLast(1)];

    private readonly List<SecretInLine> _found = [];
    private bool _isAllowed;
    private int _charactersBefore;

    /// <summary>Whether nothing was looked at since the last line's end, so that there is none to come to.</summary>
    public bool IsEmpty { get; private set; } = true;

    /// <summary>How many secrets <c>node-data:allow</c> took out so far.</summary>
    public int AllowedCount { get; private set; }

    /// <summary>Looks at a piece of the line.</summary>
    /// <param name="piece">The piece.</param>
    /// <param name="skippedBytes">How many bytes at the line's start are not the line's: the marks of a diff.</param>
    public void Search(LinePiece piece, int skippedBytes = 0)
    {
        IsEmpty = false;
        var text = piece.IsStart ? piece.Text[skippedBytes..] : piece.Text;
        if (piece.MayHoldSecret)
        {
            // What begins near a piece's end is found in the next one, with all that follows it.
            var from = piece.IsStart ? 0 : ContextLength;
            var to = piece.IsEnd ? text.Length : text.Length - LineReader.Overlap + ContextLength;
            for (var pattern = 0; pattern < SecretPrefixSearch.PatternCount; pattern++)
            {
                Find(text, pattern, from, to);
            }
        }

        if (piece.MayHoldSecret || !piece.IsStart || !piece.IsEnd)
        {
            _isAllowed |= text.IndexOf(Allow) >= 0 || text.IndexOf(WideAllow) >= 0;
        }

        if (!piece.IsEnd)
        {
            _charactersBefore += Encoding.UTF8.GetCharCount(text[..^LineReader.Overlap]);
        }
    }

    /// <summary>What the line holds; begins the next one.</summary>
    public IReadOnlyList<SecretInLine> EndLine()
    {
        IReadOnlyList<SecretInLine> found = [];
        if (_isAllowed)
        {
            AllowedCount += _found.Count;
        }
        else if (_found.Count > 0)
        {
            found = [.. _found.OrderBy(secret => secret.Column)];
        }

        _found.Clear();
        IsEmpty = true;
        (_isAllowed, _charactersBefore) = (false, 0);
        return found;
    }

    private void Find(ReadOnlySpan<byte> text, int pattern, int from, int to)
    {
        var stride = SecretPrefixSearch.GetStride(pattern);
        for (
            var start = SecretPrefixSearch.FindNext(pattern, text, from);
            start < to && start < text.Length;
            start = SecretPrefixSearch.FindNext(pattern, text, start + stride)
        )
        {
            var token = ReadToken(text, start, stride);
            var end = start + (token.Length * stride);
            if (SecretToken.Detect(token, IsAfterWord(text, start, stride), IsBeforeMask(text[Math.Min(end, text.Length)..])) is { } secret)
            {
                _found.Add(new SecretInLine(secret, 1 + _charactersBefore + CountCharacters(text[..start], stride)));
            }
        }
    }

    private static string ReadToken(ReadOnlySpan<byte> text, int start, int stride)
    {
        Span<char> token = stackalloc char[SecretToken.MaxLength];
        var length = 0;
        for (var at = start; at < text.Length && length < token.Length && TokenCharacters.Contains(text[at]); at += stride)
        {
            // In UTF-16 a character of a secret has a zero at its side.
            if (stride == 2 && at + 1 < text.Length && text[at + 1] != 0)
            {
                token[length++] = (char)text[at];
                break;
            }

            token[length++] = (char)text[at];
        }

        // Another secret may follow without a gap: what joins them is taken for a part of both.
        token = token[..length];
        return token[..(1 + SecretToken.GetLengthBeforePrefix(token[1..]))].ToString();
    }

    // A prefix inside a word is the end of the word, unless an escape sequence (\n, %3D, \x3d, \u003d) ends there.
    private static bool IsAfterWord(ReadOnlySpan<byte> text, int start, int stride)
    {
        Span<char> before = stackalloc char[6];
        before.Clear();
        for (var i = 1; i <= before.Length && start - (i * stride) >= 0; i++)
        {
            before[^i] = (char)text[start - (i * stride)];
        }

        if (!char.IsAsciiLetterOrDigit(before[^1]) && before[^1] != '_')
        {
            return false;
        }

        var isEscaped =
            before[^2] == '\\'
            || (before[^3] == '%' && AreHex(before[^2..]))
            || (before[^4..].StartsWith("\\x", StringComparison.Ordinal) && AreHex(before[^2..]))
            || (before.StartsWith("\\u", StringComparison.Ordinal) && AreHex(before[^4..]));
        return !isEscaped;
    }

    private static bool AreHex(ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            if (!char.IsAsciiHexDigit(character))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsBeforeMask(ReadOnlySpan<byte> rest) =>
        rest.StartsWith("…"u8) || rest.StartsWith("..."u8) || rest.StartsWith("*"u8) || rest.StartsWith("<"u8);

    private static int CountCharacters(ReadOnlySpan<byte> text, int stride) =>
        stride == 1 ? Encoding.UTF8.GetCharCount(text) : text.Length / stride;
}
