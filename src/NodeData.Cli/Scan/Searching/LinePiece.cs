namespace NodeData.Cli.Scan.Searching;

/// <summary>A line of bytes, or a part of a line that is longer than the buffer.</summary>
/// <param name="text">
/// The text without the line break. A piece that follows another begins with the last <see cref="LineReader.Overlap"/> bytes of the previous one.
/// </param>
/// <param name="isStart">Whether the line begins here.</param>
/// <param name="isEnd">Whether the line ends here.</param>
/// <param name="mayHoldSecret">Whether the text contains the prefix of a secret.</param>
internal readonly ref struct LinePiece(ReadOnlySpan<byte> text, bool isStart, bool isEnd, bool mayHoldSecret)
{
    public ReadOnlySpan<byte> Text { get; } = text;

    public bool IsStart { get; } = isStart;

    public bool IsEnd { get; } = isEnd;

    public bool MayHoldSecret { get; } = mayHoldSecret;
}
