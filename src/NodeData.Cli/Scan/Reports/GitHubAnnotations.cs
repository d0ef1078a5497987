using System.Globalization;
using NodeData.Cli.Output;

namespace NodeData.Cli.Scan.Reports;

/// <summary>The findings as commands that GitHub Actions shows beside the lines (source: GitHub's "Workflow commands for GitHub Actions").</summary>
internal static class GitHubAnnotations
{
    public static void Write(Terminal terminal, ScanResult result)
    {
        foreach (var finding in result.Findings)
        {
            var command = finding.Level == FindingLevel.Note ? "notice" : LevelText.Of(finding.Level);
            var place = finding.Path is null
                ? ""
                : string.Create(CultureInfo.InvariantCulture, $"file={Property(finding.Path)},line={finding.Line},col={finding.Column},");
            terminal.Out.WriteLine($"::{command} {place}title={Property(finding.Secret.Rule.Title)}::{Data(FindingMessage.Of(finding))}");
        }
    }

    private static string Data(string text) =>
        text.Replace("%", "%25", StringComparison.Ordinal)
            .Replace("\r", "%0D", StringComparison.Ordinal)
            .Replace("\n", "%0A", StringComparison.Ordinal);

    private static string Property(string text) =>
        Data(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);
}
