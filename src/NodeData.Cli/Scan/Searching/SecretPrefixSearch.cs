using System.Runtime.CompilerServices;

namespace NodeData.Cli.Scan.Searching;

/// <summary>
/// Finds the prefixes of secrets in a buffer. Each prefix is searched for in ASCII and in UTF-16 of either byte order, where its characters are two bytes apart
/// with a zero byte between them. Positions are kept until the search has passed them, so no byte is searched twice.
/// </summary>
internal sealed class SecretPrefixSearch
{
    private const int SingleBytePatternCount = 3;
    private static readonly byte[][] Patterns =
    [
        "nd_test_"u8.ToArray(),
        "nd_live_"u8.ToArray(),
        "whsec_"u8.ToArray(),
        Widen("nd_test_"u8),
        Widen("nd_live_"u8),
        Widen("whsec_"u8),
    ];

    private readonly int[] _next = new int[Patterns.Length];

    public static int PatternCount => Patterns.Length;

    /// <summary>Returns the number of bytes per character for a pattern.</summary>
    public static int GetStride(int pattern) => pattern < SingleBytePatternCount ? 1 : 2;

    /// <summary>Returns the first position at or after <paramref name="from"/>; the length of the text if there is none.</summary>
    public static int FindNext(int pattern, ReadOnlySpan<byte> text, int from) =>
        text[from..].IndexOf(Patterns[pattern]) is >= 0 and var at ? from + at : text.Length;

    /// <summary>Discards all positions, because the content of the buffer has changed.</summary>
    public void Reset() => Array.Clear(_next);

    /// <summary>Determines whether a secret may begin in a part of the buffer.</summary>
    /// <param name="buffer">The filled part of the buffer.</param>
    /// <param name="from">The start of the part; never before that of an earlier call.</param>
    /// <param name="to">The end of the part.</param>
    /// <param name="hasZeros">Whether the buffer contains a zero byte; without one there is no UTF-16.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool ContainsPrefix(ReadOnlySpan<byte> buffer, int from, int to, bool hasZeros)
    {
        var found = false;
        for (var pattern = 0; pattern < (hasZeros ? Patterns.Length : SingleBytePatternCount); pattern++)
        {
            // Zero means "not searched yet"; positions are stored plus one.
            if (_next[pattern] == 0 || _next[pattern] - 1 < from)
            {
                _next[pattern] = FindNext(pattern, buffer, from) + 1;
            }

            found |= _next[pattern] - 1 < to;
        }

        return found;
    }

    private static byte[] Widen(ReadOnlySpan<byte> text)
    {
        var wide = new byte[(text.Length * 2) - 1];
        for (var i = 0; i < text.Length; i++)
        {
            wide[i * 2] = text[i];
        }

        return wide;
    }
}
