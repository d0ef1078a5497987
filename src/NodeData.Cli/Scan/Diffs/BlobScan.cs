using NodeData.Cli.Git;
using NodeData.Cli.Scan.Searching;

namespace NodeData.Cli.Scan.Diffs;

/// <summary>
/// Looks at the files that git shows no lines of: what it takes for binary, UTF-16 among it, and what <c>.gitattributes</c> say is. Each blob is read once.
/// </summary>
internal sealed class BlobScan(GitProgram git, ScanResult result)
{
    private readonly Dictionary<string, List<(SecretInLine Secret, int Line)>> _secretsByBlob = [];

    /// <summary>Adds what came in with these changes: what the file then held, without what it held before.</summary>
    public void Scan(IReadOnlyList<FileChange> changes, CancellationToken cancellationToken)
    {
        ReadBlobs(changes.Select(change => change.NewBlob), cancellationToken);
        var suspects = changes.Where(change => GetSecrets(change.NewBlob).Count > 0).ToList();
        ReadBlobs(suspects.SelectMany(change => change.OldBlobs), cancellationToken);
        foreach (var change in suspects)
        {
            var before = change.OldBlobs.SelectMany(GetSecrets).Select(found => found.Secret.Secret).ToList();
            foreach (var (secret, line) in GetSecrets(change.NewBlob).Where(found => !before.Remove(found.Secret.Secret)))
            {
                result.Findings.Add(new Finding(secret.Secret, change.Commit, change.Path, line, secret.Column));
            }
        }
    }

    private List<(SecretInLine Secret, int Line)> GetSecrets(string blob) => _secretsByBlob.GetValueOrDefault(blob) ?? [];

    private void ReadBlobs(IEnumerable<string> names, CancellationToken cancellationToken)
    {
        // All zeros: there is no blob on that side.
        var blobs = names
            .Where(name => name.Length > 0 && name.Any(digit => digit != '0') && !_secretsByBlob.ContainsKey(name))
            .Distinct()
            .ToList();
        if (blobs.Count == 0)
        {
            return;
        }

        using var run = git.Start("cat-file", "--batch", "--buffer");
        using var registration = run.KillOnCancellation(cancellationToken);
        var writing = Task.Run(() => WriteBlobNames(run, blobs), CancellationToken.None);
        using var objects = new ObjectStream(run.Output);
        while (objects.TryMoveNext(out var blob))
        {
            var search = new StreamSearch(objects);
            _secretsByBlob[blob] = search.Find(cancellationToken);
            result.AllowedCount += search.AllowedCount;
        }

        writing.GetAwaiter().GetResult();
        cancellationToken.ThrowIfCancellationRequested();
        run.EnsureSuccess();
        result.Unread.AddRange(objects.MissingObjects.Select(blob => $"blob {blob}: it is not in this clone"));
    }

    private static void WriteBlobNames(GitRun run, List<string> blobs)
    {
        try
        {
            using var input = new StreamWriter(run.Input, leaveOpen: true) { NewLine = "\n" };
            blobs.ForEach(input.WriteLine);
        }
        catch (IOException)
        {
            // Git has ended; what it printed and its exit code say why.
        }

        run.CloseInput();
    }
}
