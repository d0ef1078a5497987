using System.Globalization;
using NodeData.Cli.Output;
using NodeData.Cli.Scan.Verifying;

namespace NodeData.Cli.Scan.Reports;

/// <summary>Writes the findings as a table: location, rule and hint.</summary>
internal static class FindingsTable
{
    private const int CommitLength = 10;

    public static void Write(Terminal terminal, ScanResult result)
    {
        var hasCommits = result.Findings.Exists(finding => finding.Commit is not null);
        var isVerified = result.Findings.Exists(finding => finding.Verification is not null);
        var listing = new Listing([.. GetHeadings(hasCommits, isVerified)]);
        foreach (var finding in result.Findings)
        {
            listing.Add([.. GetCells(finding, hasCommits, isVerified)]);
        }

        listing.Write(terminal, "No secrets were found.");
    }

    private static IEnumerable<string> GetHeadings(bool hasCommits, bool isVerified) =>
        [
            .. hasCommits ? ["COMMIT"] : (string[])[],
            "PATH",
            "LINE",
            "RULE",
            "HINT",
            .. isVerified ? ["STATE", "MODE", "SCOPES", "REMEDY"] : (string[])[],
        ];

    private static IEnumerable<Cell> GetCells(Finding finding, bool hasCommits, bool isVerified)
    {
        if (hasCommits)
        {
            yield return finding.Commit is { Length: > CommitLength } commit ? commit[..CommitLength] : finding.Commit;
        }

        yield return finding.Path ?? "(message)";
        yield return finding.Line.ToString(CultureInfo.InvariantCulture);
        yield return finding.Secret.Rule.Id;
        yield return finding.Severity == FindingSeverity.Note ? Cell.Dim(finding.Secret.Hint) : Cell.Bad(finding.Secret.Hint);
        if (isVerified)
        {
            var verification = finding.Verification!;
            yield return verification.State switch
            {
                VerificationState.Active => Cell.Bad("active"),
                VerificationState.Inactive => Cell.Good("inactive"),
                _ => Cell.Warning($"unknown: {verification.Reason}"),
            };
            yield return verification.Key is { } key ? ModeText.Format(key.Mode, key.RawMode) : null;
            yield return ScopesText.Format(verification.Key?.Scopes);
            yield return verification.RotateCommand;
        }
    }
}
