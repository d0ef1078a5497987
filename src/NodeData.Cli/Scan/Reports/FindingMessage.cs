using NodeData.Cli.Scan.Verifying;

namespace NodeData.Cli.Scan.Reports;

/// <summary>A finding in a sentence or two.</summary>
internal static class FindingMessage
{
    public static string Format(Finding finding)
    {
        var subject = $"{finding.Secret.Rule.Title} ({finding.Secret.Hint})";
        var location = finding.Commit is null ? "stands here" : $"came in with commit {finding.Commit}";
        return finding.Verification switch
        {
            { State: VerificationState.Active } verification =>
                $"{subject} {location}, and it is in use. Run: {verification.RotateCommand}",
            { State: VerificationState.Inactive } => $"{subject} {location}; the service does not take it.",
            _ => $"{subject} {location}. {finding.Secret.Rule.Remedy}",
        };
    }
}
