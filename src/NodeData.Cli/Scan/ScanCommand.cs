using System.CommandLine;
using NodeData.Cli.CommandLine;
using NodeData.Cli.Failures;
using NodeData.Cli.Output;
using NodeData.Cli.Scan.Ignoring;
using NodeData.Cli.Scan.Reports;
using NodeData.Cli.Scan.Verifying;

namespace NodeData.Cli.Scan;

/// <summary>Finds secrets in files, in staged changes, or in the history.</summary>
internal sealed class ScanCommand : NodeDataCommand
{
    private readonly Argument<string[]> _paths = new("PATH")
    {
        Description = "Files and directories to scan; defaults to the working directory",
        Arity = ArgumentArity.ZeroOrMore,
    };
    private readonly Option<bool> _staged = new("--staged") { Description = "Scan the staged changes" };
    private readonly Option<bool> _history = new("--history") { Description = "Scan every commit of every branch, tag and stash" };
    private readonly Option<bool> _verify = new("--verify") { Description = "Check with the service whether each key found is active" };
    private readonly Option<string?> _format = new("--format")
    {
        Description = "Output format: table (the default), json, sarif or github",
        HelpName = "FORMAT",
    };
    private readonly Option<string?> _addIgnores = new("--add-ignores")
    {
        Description = "Add the findings to .node-data-ignore with this reason",
        HelpName = "REASON",
    };

    public ScanCommand(Terminal terminal)
        : base("scan", "Find API keys and webhook secrets in files and git history", terminal)
    {
        _format.AcceptOnlyFromAmong(ScanFormat.All);
        Add(_paths);
        Add(_staged);
        Add(_history);
        Add(_verify);
        Add(_format);
        Add(_addIgnores);
    }

    protected override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var request = CreateRequest(invocation);
        var reason = GetReason(invocation);
        var scan = await Scanner.RunAsync(request, invocation.Terminal, cancellationToken).ConfigureAwait(false);
        var result = scan.Result;
        if (invocation.Get(_verify))
        {
            result.Findings = await KeyVerifier.VerifyAsync(invocation, result.Findings, cancellationToken).ConfigureAwait(false);
        }

        ScanReport.Write(invocation, GetFormat(invocation), scan);
        await invocation.Terminal.Out.FlushAsync(cancellationToken).ConfigureAwait(false);
        return reason is null ? ScanSummary.Write(invocation.Terminal, request, result) : AddIgnores(invocation.Terminal, scan, reason);
    }

    private ScanRequest CreateRequest(Invocation invocation)
    {
        var request = new ScanRequest(invocation.Get(_paths)!, invocation.Get(_staged), invocation.Get(_history));
        return request switch
        {
            { IsStaged: true, IsHistory: true } => throw CommandFailedException.Usage("--staged and --history cannot be used together."),
            { IsStaged: true, Paths.Count: > 0 } => throw CommandFailedException.Usage(
                "--staged scans all staged changes and takes no PATH."
            ),
            _ => request,
        };
    }

    private string GetFormat(Invocation invocation) =>
        !invocation.IsJson ? invocation.Get(_format) ?? ScanFormat.Table
        : invocation.Has(_format) && invocation.Get(_format) != ScanFormat.Json
            ? throw CommandFailedException.Usage("--json cannot be used with another --format.")
        : ScanFormat.Json;

    private string? GetReason(Invocation invocation)
    {
        GetFormat(invocation);
        var reason = invocation.Get(_addIgnores);
        return !invocation.Has(_addIgnores) ? null
            : string.IsNullOrWhiteSpace(reason)
                ? throw CommandFailedException.Usage("--add-ignores needs a reason why the findings are not real secrets.")
            : PlainText.Sanitize(reason.Trim().ReplaceLineEndings(" "));
    }

    private static ExitCode AddIgnores(Terminal terminal, CompletedScan scan, string reason)
    {
        // An active key must be rotated, not ignored.
        var active = scan.Result.Findings.Where(finding => finding.Severity == FindingSeverity.Error).ToList();
        var secrets = scan.Result.Findings.Except(active).Select(finding => finding.Secret).Distinct().ToList();
        if (secrets.Count > 0)
        {
            var added = scan.Ignores.Add(secrets, reason);
            terminal.Error.WriteLine(
                $"{ScanSummary.FormatCount(added, "ignore")} added to {Path.Combine(scan.Root.Folder, IgnoreFile.Name)}; commit it."
            );
        }

        if (active.Count > 0)
        {
            terminal.Error.WriteLine("Not added: active keys. Rotate them first.");
            return ExitCode.SecretFound;
        }

        return ScanSummary.WriteUnread(terminal, scan.Result);
    }
}
