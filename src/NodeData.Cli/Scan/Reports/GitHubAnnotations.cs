using System.Globalization;
using NodeData.Cli.Output;

namespace NodeData.Cli.Scan.Reports;

/// <summary>Writes the findings as annotations of GitHub Actions (source: GitHub's "Workflow commands for GitHub Actions").</summary>
internal static class GitHubAnnotations
{
    public static void Write(Terminal terminal, ScanResult result)
    {
        foreach (var finding in result.Findings)
        {
            var command = finding.Severity == FindingSeverity.Note ? "notice" : SeverityText.Format(finding.Severity);
            var location = finding.Path is null
                ? ""
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"file={EscapeProperty(finding.Path)},line={finding.Line},col={finding.Column},"
                );
            terminal.Out.WriteLine(
                $"::{command} {location}title={EscapeProperty(finding.Secret.Rule.Title)}::{EscapeData(FindingMessage.Format(finding))}"
            );
        }
    }

    private static string EscapeData(string text) =>
        text.Replace("%", "%25", StringComparison.Ordinal)
            .Replace("\r", "%0D", StringComparison.Ordinal)
            .Replace("\n", "%0A", StringComparison.Ordinal);

    private static string EscapeProperty(string text) =>
        EscapeData(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);
}
