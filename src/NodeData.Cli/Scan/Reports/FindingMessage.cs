using NodeData.Cli.Scan.Verifying;

namespace NodeData.Cli.Scan.Reports;

/// <summary>A finding in a sentence or two.</summary>
internal static class FindingMessage
{
    public static string Of(Finding finding)
    {
        var what = $"{finding.Secret.Rule.Title} ({finding.Secret.Hint})";
        var where = finding.Commit is null ? "stands here" : $"came in with commit {finding.Commit}";
        return finding.Verification switch
        {
            { State: VerifiedState.Alive } verification => $"{what} {where}, and it is in use. Run: {verification.Rotate}",
            { State: VerifiedState.Dead } => $"{what} {where}; the service does not take it.",
            _ => $"{what} {where}. {finding.Secret.Rule.Cure}",
        };
    }
}
