using System.Text.Json;
using NodeData.Cli.Tests.Doubles;

namespace NodeData.Cli.Tests.Scan;

/// <summary>The findings of <c>scan --json</c>, for comparing.</summary>
internal static class ScanOutput
{
    /// <summary>Each finding as <c>commit|path:line:column rule</c>, the parts that are null left empty.</summary>
    public static string[] FormatFindings(ToolResult result) =>
        [
            .. result
                .Json.GetProperty("findings")
                .EnumerateArray()
                .Select(finding =>
                    $"{Text(finding, "commit")}|{Text(finding, "path")}:{finding.GetProperty("line")}:{finding.GetProperty("column")} {Text(finding, "rule")}"
                ),
        ];

    /// <summary>Scans as JSON, and requires the exit code that goes with what was found.</summary>
    public static async Task<string[]> ScanAsync(Tool tool, params string[] arguments)
    {
        var result = await tool.RunAsync(["scan", "--json", .. arguments]);
        var findings = FormatFindings(result);
        result.RequireExitCode(findings.Length == 0 ? 0 : 4);
        return findings;
    }

    private static string? Text(JsonElement finding, string name) => finding.GetProperty(name).GetString();
}
