namespace NodeData.Cli.Scan.Searching;

/// <summary>Finds the secrets of a whole stream.</summary>
internal sealed class StreamSearch(Stream stream)
{
    private readonly LineSearch _line = new();

    /// <summary>How many secrets <c>node-data:allow</c> took out.</summary>
    public int AllowedCount => _line.AllowedCount;

    /// <summary>Every secret and its line, from 1.</summary>
    public List<(SecretInLine Secret, int Line)> Find(CancellationToken cancellationToken)
    {
        var found = new List<(SecretInLine, int)>();
        using var lines = new LineReader(stream);
        for (var number = 1; lines.TryRead(out var piece); )
        {
            if (piece.MayHoldSecret || !piece.IsStart || !piece.IsEnd)
            {
                _line.Search(piece);
                cancellationToken.ThrowIfCancellationRequested();
            }

            if (piece.IsEnd)
            {
                found.AddRange(_line.EndLine().Select(secret => (secret, number)));
                number++;
            }
        }

        return found;
    }
}
