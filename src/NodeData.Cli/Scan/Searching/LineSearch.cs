using System.Buffers;
using System.Text;
using NodeData.Cli.Secrets;

namespace NodeData.Cli.Scan.Searching;

/// <summary>Finds the secrets in one line, piece by piece.</summary>
internal sealed class LineSearch
{
    // Enough to recognize an escape sequence before a secret and an ellipsis after it.
    private const int ContextLength = 16;
    private static readonly SearchValues<byte> TokenCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"u8
    );
    private static readonly byte[] Allow = "node-data:allow"u8.ToArray();
    private static readonly byte[] WideAllow = [.. Allow.SelectMany(character => new byte[] { character, 0 }).SkipLast(1)];

    private readonly List<SecretInLine> _found = [];
    private bool _isAllowed;
    private int _charactersBefore;

    /// <summary>Whether no piece was searched since the end of the last line.</summary>
    public bool IsEmpty { get; private set; } = true;

    /// <summary>The number of secrets that <c>node-data:allow</c> suppressed so far.</summary>
    public int AllowedCount { get; private set; }

    /// <summary>Searches a piece of the line.</summary>
    /// <param name="piece">The piece.</param>
    /// <param name="skippedBytes">The number of bytes to skip at the start of the line: the markers of a diff.</param>
    public void Search(LinePiece piece, int skippedBytes = 0)
    {
        IsEmpty = false;
        var text = piece.IsStart ? piece.Text[skippedBytes..] : piece.Text;
        if (piece.MayHoldSecret)
        {
            // A secret that begins near the end of a piece is found in the next one, where it is complete.
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

    /// <summary>Ends the line and returns its secrets.</summary>
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
            // In UTF-16 each character of a secret has a zero byte next to it.
            if (stride == 2 && at + 1 < text.Length && text[at + 1] != 0)
            {
                token[length++] = (char)text[at];
                break;
            }

            token[length++] = (char)text[at];
        }

        // Another secret may follow without a separator; the characters that join them count as part of the first.
        token = token[..length];
        return token[..(1 + SecretToken.GetLengthBeforePrefix(token[1..]))].ToString();
    }

    // A prefix directly after a word belongs to the word, unless an escape sequence (\n, %3D, \x3d, \u003d) ends there.
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
