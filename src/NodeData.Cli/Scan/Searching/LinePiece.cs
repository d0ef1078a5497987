namespace NodeData.Cli.Scan.Searching;

/// <summary>A line of bytes, or a piece of one that is longer than the buffer.</summary>
/// <param name="text">Without the line's end. A piece behind another begins with that one's last <see cref="LineReader.Overlap"/> bytes.</param>
/// <param name="isStart">Whether the line begins here.</param>
/// <param name="isEnd">Whether the line ends here.</param>
/// <param name="mayHoldSecret">Whether the beginning of a secret stands in it.</param>
internal readonly ref struct LinePiece(ReadOnlySpan<byte> text, bool isStart, bool isEnd, bool mayHoldSecret)
{
    public ReadOnlySpan<byte> Text { get; } = text;

    public bool IsStart { get; } = isStart;

    public bool IsEnd { get; } = isEnd;

    public bool MayHoldSecret { get; } = mayHoldSecret;
}
