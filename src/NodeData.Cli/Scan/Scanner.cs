using NodeData.Cli.Git;
using NodeData.Cli.Output;
using NodeData.Cli.Scan.Diffs;
using NodeData.Cli.Scan.Files;
using NodeData.Cli.Scan.Ignoring;

namespace NodeData.Cli.Scan;

/// <summary>A finished scan.</summary>
/// <param name="Base">What its paths are named from.</param>
/// <param name="Ignores">The ignores that it knew.</param>
/// <param name="Result">What it came upon.</param>
internal sealed record Scanned(ScanBase Base, IgnoreFile Ignores, ScanResult Result);

/// <summary>Runs a scan: files, what is staged, or a history; then takes out what is ignored.</summary>
internal static class Scanner
{
    public static Task<Scanned> RunAsync(ScanRequest request, Terminal terminal, CancellationToken cancellationToken) =>
        request.IsStaged ? Task.Run(() => Staged(terminal.Folder, cancellationToken), cancellationToken)
        : request.IsHistory ? HistoryAsync(request, terminal, cancellationToken)
        : Task.Run(() => Files(request, terminal.Folder, cancellationToken), cancellationToken);

    private static Scanned Files(ScanRequest request, string folder, CancellationToken cancellationToken)
    {
        var git = GitProgram.Find(folder)?.Freed();
        var repository = git is null ? null : Repository.Of(git);
        var top = new ScanBase(repository?.Top ?? folder);
        var ignores = IgnoreFile.Read(top.Folder);
        var files = new FileList(git);
        foreach (var path in request.Paths.Count > 0 ? request.Paths : ["."])
        {
            files.Add(Path.GetFullPath(path, folder));
        }

        var result = new ScanResult();
        new FileScan(top, result).Look(files, cancellationToken);
        var isWhole = request.IsWhole && Path.GetRelativePath(top.Folder, folder) == ".";
        return TakeOutIgnored(new Scanned(top, ignores, result), isWhole);
    }

    private static Scanned Staged(string folder, CancellationToken cancellationToken)
    {
        var repository = Repository.Require(folder).WithWorkingTree();
        var ignores = IgnoreFile.Read(repository.Top);
        var result = new ScanResult();
        new StagedScan(repository, result).Look(cancellationToken);
        return TakeOutIgnored(new Scanned(new ScanBase(repository.Top), ignores, result), isWhole: false);
    }

    private static async Task<Scanned> HistoryAsync(ScanRequest request, Terminal terminal, CancellationToken cancellationToken)
    {
        var repository = Repository.Require(terminal.Folder);
        var ignores = IgnoreFile.Read(repository.Top);
        var result = new ScanResult();
        await new HistoryScan(repository, result).LookAsync(request.Paths, terminal, cancellationToken).ConfigureAwait(false);
        return TakeOutIgnored(new Scanned(new ScanBase(repository.Top), ignores, result), request.IsWhole);
    }

    private static Scanned TakeOutIgnored(Scanned scan, bool isWhole)
    {
        scan.Result.Ignored = scan.Result.Findings.RemoveAll(finding => scan.Ignores.Takes(finding.Secret));
        if (isWhole)
        {
            scan.Result.UnusedIgnores = scan.Ignores.Unused;
        }

        return scan;
    }
}
