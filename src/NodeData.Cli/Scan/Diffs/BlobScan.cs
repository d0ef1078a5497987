using NodeData.Cli.Git;
using NodeData.Cli.Scan.Searching;

namespace NodeData.Cli.Scan.Diffs;

/// <summary>
/// Looks at the files that git shows no lines of: what it takes for binary, UTF-16 among it, and what <c>.gitattributes</c> say is. Each blob is read once.
/// </summary>
internal sealed class BlobScan(GitProgram git, ScanResult result)
{
    private readonly Dictionary<string, List<(SecretInLine Secret, int Line)>> _known = [];

    /// <summary>Adds what came in with these changes: what the file then held, without what it held before.</summary>
    public void Look(IReadOnlyList<FileChange> changes, CancellationToken cancellationToken)
    {
        Read(changes.Select(change => change.NewBlob), cancellationToken);
        var suspects = changes.Where(change => SecretsOf(change.NewBlob).Count > 0).ToList();
        Read(suspects.SelectMany(change => change.OldBlobs), cancellationToken);
        foreach (var change in suspects)
        {
            var before = change.OldBlobs.SelectMany(SecretsOf).Select(found => found.Secret.Secret).ToList();
            foreach (var (secret, line) in SecretsOf(change.NewBlob).Where(found => !before.Remove(found.Secret.Secret)))
            {
                result.Findings.Add(new Finding(secret.Secret, change.Commit, change.Path, line, secret.Column));
            }
        }
    }

    private List<(SecretInLine Secret, int Line)> SecretsOf(string blob) => _known.GetValueOrDefault(blob) ?? [];

    private void Read(IEnumerable<string> names, CancellationToken cancellationToken)
    {
        // All zeros: there is no blob on that side.
        var blobs = names
            .Where(name => name.Length > 0 && name.Any(digit => digit != '0') && !_known.ContainsKey(name))
            .Distinct()
            .ToList();
        if (blobs.Count == 0)
        {
            return;
        }

        using var run = git.Start("cat-file", "--batch", "--buffer");
        using var ending = run.EndWith(cancellationToken);
        var asking = Task.Run(() => Ask(run, blobs), CancellationToken.None);
        using var objects = new ObjectStream(run.Output);
        while (objects.TryBegin(out var blob))
        {
            var search = new StreamSearch(objects);
            _known[blob] = search.Find(cancellationToken);
            result.Allowed += search.Allowed;
        }

        asking.GetAwaiter().GetResult();
        cancellationToken.ThrowIfCancellationRequested();
        run.Require();
        result.Unread.AddRange(objects.Missing.Select(blob => $"blob {blob}: it is not in this clone"));
    }

    private static void Ask(GitRun run, List<string> blobs)
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
