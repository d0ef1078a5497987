namespace NodeData.Cli.Scan.Reports;

/// <summary>Formats a severity for SARIF and JSON.</summary>
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
