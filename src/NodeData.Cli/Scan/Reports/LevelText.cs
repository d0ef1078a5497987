namespace NodeData.Cli.Scan.Reports;

/// <summary>How much a finding weighs, as SARIF and JSON say it.</summary>
internal static class LevelText
{
    public static string Of(FindingLevel level) =>
        level switch
        {
            FindingLevel.Error => "error",
            FindingLevel.Note => "note",
            _ => "warning",
        };
}
