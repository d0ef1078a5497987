using System.Globalization;
using NodeData.Cli.CommandLine;
using NodeData.Cli.Output;
using NodeData.Cli.Secrets;

namespace NodeData.Cli.Scan;

/// <summary>What is said on standard error below the findings, and what the scan ends with.</summary>
internal static class ScanSummary
{
    public static ExitCode Write(Terminal terminal, ScanRequest request, ScanResult result)
    {
        foreach (var unused in result.UnusedIgnores)
        {
            terminal.Error.WriteLine(
                PlainText.Sanitize(
                    $"node-data: an ignore of {unused.Rule} {unused.Hash[..8]}… ({unused.Reason}) took nothing out; delete its line"
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
            $"node-data: {FormatCount(secrets, "secret")} in {FormatCount(result.Findings.Count, "place")}. Rotate what is real (node-data keys rotate ID --compromised); "
                + (request.IsHistory ? "" : "take it out of the file; ")
                + "what is made up: node-data:allow in its line, or node-data scan --add-ignores REASON."
        );
        WriteUnread(terminal, result);
        return ExitCode.SecretFound;
    }

    /// <summary>Says what could not be looked at: a scan that missed something has not found nothing.</summary>
    public static ExitCode WriteUnread(Terminal terminal, ScanResult result)
    {
        foreach (var unread in result.Unread)
        {
            terminal.Error.WriteLine(PlainText.Sanitize(SecretFinder.Mask($"node-data: not looked at: {unread}")));
        }

        return result.Unread.Count == 0 ? ExitCode.Ok : ExitCode.Incomplete;
    }

    public static string FormatCount(int count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");
}
