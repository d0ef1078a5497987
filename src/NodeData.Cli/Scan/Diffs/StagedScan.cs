using NodeData.Cli.Git;

namespace NodeData.Cli.Scan.Diffs;

/// <summary>Scans the staged bytes, regardless of the current content of the files. In a hook, it scans the index of that commit.</summary>
internal sealed class StagedScan(Repository repository, ScanResult result)
{
    public void Scan(CancellationToken cancellationToken)
    {
        var reader = new DiffReader(result);
        using var run = repository.Git.Start(GitArguments.Staged);
        using var registration = run.KillOnCancellation(cancellationToken);
        run.CloseInput();
        reader.Read(run.Output);
        cancellationToken.ThrowIfCancellationRequested();
        run.EnsureSuccess();
        new BlobScan(repository.Git, result).Scan(reader.BinaryChanges, cancellationToken);
    }
}
