namespace NodeData.Cli.Scan.Reports;

/// <summary>How much a finding weighs, as SARIF and JSON say it.</summary>
internal static class SeverityText
{
    public static string Format(FindingSeverity severity) =>
        severity switch
        {
            FindingSeverity.Error => "error",
            FindingSeverity.Note => "note",
            _ => "warning",
        };
}
