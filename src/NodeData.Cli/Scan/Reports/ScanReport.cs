using NodeData.Cli.CommandLine;

namespace NodeData.Cli.Scan.Reports;

/// <summary>Writes the findings in the requested format.</summary>
internal static class ScanReport
{
    public static void Write(Invocation invocation, string format, CompletedScan scan)
    {
        switch (format)
        {
            case ScanFormat.Json:
                invocation.WriteJson(ScanShape.From(scan.Result), ScanJson.Indented.ScanShape);
                break;
            case ScanFormat.Sarif:
                invocation.WriteJson(SarifLog.From(scan), SarifJson.Indented.SarifLog);
                break;
            case ScanFormat.GitHub:
                GitHubAnnotations.Write(invocation.Terminal, scan.Result);
                break;
            default:
                FindingsTable.Write(invocation.Terminal, scan.Result);
                break;
        }
    }
}
