using System.Text.Json;
using NodeData.Cli.Tests.Doubles;

namespace NodeData.Cli.Tests.Scan;

/// <summary>Runs <c>scan --json</c> and formats the findings for comparison.</summary>
internal static class ScanOutput
{
    /// <summary>Formats each finding as <c>commit|path:line:column rule</c>; null parts are empty.</summary>
    public static string[] FormatFindings(ToolResult result) =>
        [
            .. result
                .Json.GetProperty("findings")
                .EnumerateArray()
                .Select(finding =>
                    $"{Text(finding, "commit")}|{Text(finding, "path")}:{finding.GetProperty("line")}:{finding.GetProperty("column")} {Text(finding, "rule")}"
                ),
        ];

    /// <summary>Scans with <c>--json</c> and requires the exit code that matches the findings.</summary>
    public static async Task<string[]> ScanAsync(Tool tool, params string[] arguments)
    {
        var result = await tool.RunAsync(["scan", "--json", .. arguments]);
        var findings = FormatFindings(result);
        result.RequireExitCode(findings.Length == 0 ? 0 : 4);
        return findings;
    }

    private static string? Text(JsonElement finding, string name) => finding.GetProperty(name).GetString();
}
