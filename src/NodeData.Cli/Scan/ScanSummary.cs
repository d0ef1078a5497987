using System.Globalization;
using NodeData.Cli.CommandLine;
using NodeData.Cli.Output;
using NodeData.Cli.Secrets;

namespace NodeData.Cli.Scan;

/// <summary>Writes the summary of a scan to standard error and determines the exit code.</summary>
internal static class ScanSummary
{
    public static ExitCode Write(Terminal terminal, ScanRequest request, ScanResult result)
    {
        foreach (var unused in result.UnusedIgnores)
        {
            terminal.Error.WriteLine(
                PlainText.Sanitize(
                    $"node-data: the ignore entry {unused.Rule} {unused.Hash[..8]}… ({unused.Reason}) matched nothing; delete its line"
                        + (request.IsHistory ? "." : ", unless the history still needs it (node-data scan --history).")
                )
            );
        }

        if (result.Findings.Count == 0)
        {
            return WriteUnread(terminal, result);
        }

        var secrets = result.Findings.Select(finding => finding.Secret).Distinct().Count();
        terminal.Error.WriteLine(
            $"node-data: {FormatCount(secrets, "secret")} in {FormatCount(result.Findings.Count, "location")}. Rotate real keys (node-data keys rotate ID --compromised)"
                + (request.IsHistory ? "" : " and remove them from the file")
                + ". For placeholder or test-only secrets, add node-data:allow to the line, or run node-data scan --add-ignores REASON."
        );
        WriteUnread(terminal, result);
        return ExitCode.SecretFound;
    }

    /// <summary>Writes what could not be scanned: an incomplete scan without findings is not a clean one.</summary>
    public static ExitCode WriteUnread(Terminal terminal, ScanResult result)
    {
        foreach (var skipped in result.Skipped)
        {
            terminal.Error.WriteLine(PlainText.Sanitize(SecretFinder.Mask($"node-data: not scanned: {skipped}")));
        }

        return result.Skipped.Count == 0 ? ExitCode.Ok : ExitCode.Incomplete;
    }

    public static string FormatCount(int count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");
}
