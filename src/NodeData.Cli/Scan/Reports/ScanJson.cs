using System.Text.Json.Serialization;
using NodeData.Cli.Output;
using NodeData.Cli.Scan.Ignoring;
using NodeData.Cli.Scan.Verifying;
using NodeData.Cli.Secrets;

namespace NodeData.Cli.Scan.Reports;

/// <summary>The output of <c>scan --json</c>.</summary>
internal sealed record ScanShape(
    IReadOnlyList<FindingShape> Findings,
    int Ignored,
    int Allowed,
    IReadOnlyList<UnusedIgnoreShape> UnusedIgnores,
    IReadOnlyList<string> Skipped
)
{
    public static ScanShape From(ScanResult result) =>
        new(
            [.. result.Findings.Select(FindingShape.From)],
            result.IgnoredCount,
            result.AllowedCount,
            [.. result.UnusedIgnores.Select(UnusedIgnoreShape.From)],
            [.. result.Skipped.Select(SecretFinder.Mask)]
        );
}

/// <summary>A finding, without the secret.</summary>
internal sealed record FindingShape(
    string Rule,
    string Severity,
    string Hint,
    string? Commit,
    string? Path,
    int Line,
    int Column,
    VerificationShape? Verification
)
{
    public static FindingShape From(Finding finding) =>
        new(
            finding.Secret.Rule.Id,
            SeverityText.Format(finding.Severity),
            finding.Secret.Hint,
            finding.Commit,
            finding.Path,
            finding.Line,
            finding.Column,
            finding.Verification is { } verification ? VerificationShape.From(verification) : null
        );
}

/// <summary>The result of the verification. An empty list of scopes means full access.</summary>
internal sealed record VerificationShape(
    string State,
    string? Reason,
    string? Id,
    string? Mode,
    IReadOnlyList<string>? Scopes,
    string? Rotate
)
{
    public static VerificationShape From(Verification verification) =>
        new(
            verification.State switch
            {
                VerificationState.Active => "active",
                VerificationState.Inactive => "inactive",
                _ => "unknown",
            },
            verification.Reason,
            verification.Key?.Id,
            verification.Key is { } key ? ModeText.Format(key.Mode, key.RawMode) : null,
            verification.Key?.Scopes?.Select(scope => scope.Value).ToList(),
            verification.RotateCommand
        );
}

/// <summary>An ignore entry that matched nothing.</summary>
internal sealed record UnusedIgnoreShape(string Rule, string Hash, string Reason)
{
    public static UnusedIgnoreShape From(IgnoreEntry entry) => new(entry.Rule, entry.Hash, entry.Reason);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ScanShape))]
internal sealed partial class ScanJson : JsonSerializerContext
{
    public static ScanJson Indented { get; } = new(JsonOutput.CreateOptions());
}
