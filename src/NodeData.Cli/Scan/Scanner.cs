using NodeData.Cli.Git;
using NodeData.Cli.Output;
using NodeData.Cli.Scan.Diffs;
using NodeData.Cli.Scan.Files;
using NodeData.Cli.Scan.Ignoring;

namespace NodeData.Cli.Scan;

/// <summary>A completed scan.</summary>
/// <param name="Root">The directory that its paths are relative to.</param>
/// <param name="Ignores">The ignore file that was applied.</param>
/// <param name="Result">The result.</param>
internal sealed record CompletedScan(ScanRoot Root, IgnoreFile Ignores, ScanResult Result);

/// <summary>Scans files, staged changes or a history, and removes the findings that are ignored.</summary>
internal static class Scanner
{
    public static Task<CompletedScan> RunAsync(ScanRequest request, Terminal terminal, CancellationToken cancellationToken) =>
        request.IsStaged ? Task.Run(() => ScanStaged(terminal.Folder, cancellationToken), cancellationToken)
        : request.IsHistory ? ScanHistoryAsync(request, terminal, cancellationToken)
        : Task.Run(() => ScanFiles(request, terminal.Folder, cancellationToken), cancellationToken);

    private static CompletedScan ScanFiles(ScanRequest request, string folder, CancellationToken cancellationToken)
    {
        var git = GitProgram.Find(folder)?.IgnoringRepositoryVariables();
        var repository = git is null ? null : Repository.Find(git);
        var root = new ScanRoot(repository?.TopLevel ?? folder);
        var ignores = IgnoreFile.Read(root.Folder);
        var files = new FileList(git);
        foreach (var path in request.Paths.Count > 0 ? request.Paths : ["."])
        {
            files.Add(Path.GetFullPath(path, folder));
        }

        var result = new ScanResult();
        new FileScan(root, result).Scan(files, cancellationToken);
        var isComplete = request.IsComplete && Path.GetRelativePath(root.Folder, folder) == ".";
        return RemoveIgnored(new CompletedScan(root, ignores, result), isComplete);
    }

    private static CompletedScan ScanStaged(string folder, CancellationToken cancellationToken)
    {
        var repository = Repository.Require(folder).RequireWorkingTree();
        var ignores = IgnoreFile.Read(repository.TopLevel);
        var result = new ScanResult();
        new StagedScan(repository, result).Scan(cancellationToken);
        return RemoveIgnored(new CompletedScan(new ScanRoot(repository.TopLevel), ignores, result), isComplete: false);
    }

    private static async Task<CompletedScan> ScanHistoryAsync(ScanRequest request, Terminal terminal, CancellationToken cancellationToken)
    {
        var repository = Repository.Require(terminal.Folder);
        var ignores = IgnoreFile.Read(repository.TopLevel);
        var result = new ScanResult();
        await new HistoryScan(repository, result).ScanAsync(request.Paths, terminal, cancellationToken).ConfigureAwait(false);
        return RemoveIgnored(new CompletedScan(new ScanRoot(repository.TopLevel), ignores, result), request.IsComplete);
    }

    private static CompletedScan RemoveIgnored(CompletedScan scan, bool isComplete)
    {
        scan.Result.IgnoredCount = scan.Result.Findings.RemoveAll(finding => scan.Ignores.TryMatch(finding.Secret));
        if (isComplete)
        {
            scan.Result.UnusedIgnores = scan.Ignores.UnusedEntries;
        }

        return scan;
    }
}
