namespace NodeData.Cli.Scan.Searching;

/// <summary>Finds the secrets in a stream.</summary>
internal sealed class StreamSearch(Stream stream)
{
    private readonly LineSearch _line = new();

    /// <summary>The number of secrets that <c>node-data:allow</c> suppressed.</summary>
    public int AllowedCount => _line.AllowedCount;

    /// <summary>Returns every secret with its 1-based line number.</summary>
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
