using NodeData.Cli.Scan.Verifying;

namespace NodeData.Cli.Scan.Reports;

/// <summary>Formats the message of a finding.</summary>
internal static class FindingMessage
{
    public static string Format(Finding finding)
    {
        var subject = $"{finding.Secret.Rule.Title} ({finding.Secret.Hint})";
        var location = finding.Commit is null ? "was found here" : $"was added in commit {finding.Commit}";
        return finding.Verification switch
        {
            { State: VerificationState.Active } verification => $"{subject} {location} and is active. Run: {verification.RotateCommand}",
            { State: VerificationState.Inactive } => $"{subject} {location}; the service rejects it.",
            _ => $"{subject} {location}. {finding.Secret.Rule.Remedy}",
        };
    }
}
