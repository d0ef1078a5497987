using System.Globalization;
using System.Text;
using NodeData.Cli.CommandLine;
using NodeData.Cli.Failures;
using NodeData.Cli.Git;
using NodeData.Cli.Output;

namespace NodeData.Cli.Scan.Diffs;

/// <summary>Looks at all that a history brought in, commit by commit, while git prints it.</summary>
internal sealed class HistoryScan(Repository repository, ScanResult result)
{
    public async Task LookAsync(IReadOnlyList<string> paths, Terminal terminal, CancellationToken cancellationToken)
    {
        if (repository.IsShallow)
        {
            result.Unread.Add(
                "the commits that this shallow clone lacks (git fetch --unshallow gets them; in GitHub Actions: fetch-depth: 0)"
            );
        }

        var reader = new DiffReader(result);
        var places = paths.Select(path => Path.GetRelativePath(repository.Top, Path.GetFullPath(path, terminal.Folder))).ToList();
        var work = Task.Run(() => Look(reader, places, cancellationToken), CancellationToken.None);
        await HistoryProgress.ShowAsync(terminal, work, reader, repository.Git).ConfigureAwait(false);
        // Git names the newest commit first.
        result.Findings = [.. result.Findings.Distinct().GroupBy(finding => finding.Commit).Reverse().SelectMany(commit => commit)];
    }

    private void Look(DiffReader reader, List<string> paths, CancellationToken cancellationToken)
    {
        var stashes = repository.Git.TryAsk(GitDiffs.Stashes) ?? "";
        Read(reader, GitDiffs.History(paths), stashes, cancellationToken);
        if (paths.Count == 0)
        {
            Read(reader, GitDiffs.Tags, input: "", cancellationToken);
        }

        new BlobScan(repository.Git, result).Look(reader.Binaries, cancellationToken);
    }

    private void Read(DiffReader reader, string[] arguments, string input, CancellationToken cancellationToken)
    {
        using var run = repository.Git.Start(arguments);
        using var ending = run.EndWith(cancellationToken);
        run.Input.Write(Encoding.ASCII.GetBytes(input.Length > 0 ? $"{input}\n" : ""));
        run.CloseInput();
        reader.Read(run.Output);
        if (cancellationToken.IsCancellationRequested || run.WasInterrupted)
        {
            throw new CommandFailedException(
                ExitCode.Interrupted,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Interrupted after {reader.Commits} commits, with {result.Findings.Count} findings in them; the scan begins anew next time."
                )
            );
        }

        run.Require();
    }
}
