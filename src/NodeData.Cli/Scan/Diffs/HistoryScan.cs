using System.Globalization;
using System.Text;
using NodeData.Cli.CommandLine;
using NodeData.Cli.Failures;
using NodeData.Cli.Git;
using NodeData.Cli.Output;

namespace NodeData.Cli.Scan.Diffs;

/// <summary>Scans the changes of every commit while git prints them.</summary>
internal sealed class HistoryScan(Repository repository, ScanResult result)
{
    public async Task ScanAsync(IReadOnlyList<string> paths, Terminal terminal, CancellationToken cancellationToken)
    {
        if (repository.IsShallow)
        {
            result.Skipped.Add(
                "the commits missing from this shallow clone (run git fetch --unshallow; in GitHub Actions, set fetch-depth: 0)"
            );
        }

        var reader = new DiffReader(result);
        var relativePaths = paths
            .Select(path => Path.GetRelativePath(repository.TopLevel, Path.GetFullPath(path, terminal.Folder)))
            .ToList();
        var work = Task.Run(() => Scan(reader, relativePaths, cancellationToken), CancellationToken.None);
        await HistoryProgress.ShowAsync(terminal, work, reader, repository.Git).ConfigureAwait(false);
        // Git prints the newest commit first.
        result.Findings = [.. result.Findings.Distinct().GroupBy(finding => finding.Commit).Reverse().SelectMany(commit => commit)];
    }

    private void Scan(DiffReader reader, List<string> paths, CancellationToken cancellationToken)
    {
        var stashes = repository.Git.TryGetOutput(GitArguments.Stashes) ?? "";
        Read(reader, GitArguments.ForHistory(paths), stashes, cancellationToken);
        if (paths.Count == 0)
        {
            Read(reader, GitArguments.Tags, input: "", cancellationToken);
        }

        new BlobScan(repository.Git, result).Scan(reader.BinaryChanges, cancellationToken);
    }

    private void Read(DiffReader reader, string[] arguments, string input, CancellationToken cancellationToken)
    {
        using var run = repository.Git.Start(arguments);
        using var registration = run.KillOnCancellation(cancellationToken);
        run.Input.Write(Encoding.ASCII.GetBytes(input.Length > 0 ? $"{input}\n" : ""));
        run.CloseInput();
        reader.Read(run.Output);
        if (cancellationToken.IsCancellationRequested || run.IsInterrupted)
        {
            throw new CommandFailedException(
                ExitCode.Interrupted,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Interrupted after {reader.CommitCount} commits with {result.Findings.Count} findings; the next scan starts over."
                )
            );
        }

        run.EnsureSuccess();
    }
}
