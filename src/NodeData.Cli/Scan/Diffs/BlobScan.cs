using NodeData.Cli.Git;
using NodeData.Cli.Scan.Searching;

namespace NodeData.Cli.Scan.Diffs;

/// <summary>
/// Scans the files for which git prints no lines: those that it treats as binary (UTF-16 included) and those that <c>.gitattributes</c> declares binary. Each
/// blob is read once.
/// </summary>
internal sealed class BlobScan(GitProgram git, ScanResult result)
{
    private readonly Dictionary<string, List<(SecretInLine Secret, int Line)>> _secretsByBlob = [];

    /// <summary>Adds the secrets that these changes introduced: those in the new version of a file that are not in its previous versions.</summary>
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
        // An ID of zeros means that there is no blob on that side.
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
        result.Skipped.AddRange(objects.MissingObjects.Select(blob => $"blob {blob}: missing from this clone"));
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
            // Git has exited; its output and its exit code give the reason.
        }

        run.CloseInput();
    }
}
