using System.Runtime.CompilerServices;

namespace NodeData.Cli.Scan.Searching;

/// <summary>
/// Where the next secret may begin in a buffer. Each prefix is looked for as it is, and in UTF-16 of either byte order: there its characters stand two bytes
/// apart with a zero between. What was found is kept until it is passed, so that no byte is looked at twice.
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

    /// <summary>How many bytes a character takes in the text of this pattern.</summary>
    public static int GetStride(int pattern) => pattern < SingleBytePatternCount ? 1 : 2;

    /// <summary>The first place at or behind <paramref name="from"/>; the text's length where there is none.</summary>
    public static int FindNext(int pattern, ReadOnlySpan<byte> text, int from) =>
        text[from..].IndexOf(Patterns[pattern]) is >= 0 and var at ? from + at : text.Length;

    /// <summary>Forgets everything: the buffer holds something else, or more.</summary>
    public void Reset() => Array.Clear(_next);

    /// <summary>Whether a secret may begin in a part of the buffer.</summary>
    /// <param name="buffer">All of the buffer that is filled.</param>
    /// <param name="from">Where the part begins; never before that of an earlier call.</param>
    /// <param name="to">Where it ends.</param>
    /// <param name="hasZeros">Whether there is a zero byte in the buffer; without one there is no UTF-16.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool ContainsPrefix(ReadOnlySpan<byte> buffer, int from, int to, bool hasZeros)
    {
        var found = false;
        for (var pattern = 0; pattern < (hasZeros ? Patterns.Length : SingleBytePatternCount); pattern++)
        {
            // Zero is "not looked for yet"; a place is kept one higher.
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
