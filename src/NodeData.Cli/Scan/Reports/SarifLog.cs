using System.Reflection;
using System.Text;
using System.Text.Json.Serialization;
using NodeData.Cli.Scan.Ignoring;
using NodeData.Cli.Secrets;

namespace NodeData.Cli.Scan.Reports;

/// <summary>The findings as SARIF 2.1.0 (OASIS). It has no snippets, because they would show the secrets.</summary>
internal sealed record SarifLog([property: JsonPropertyName("$schema")] string Schema, string Version, IReadOnlyList<SarifRun> Runs)
{
    private const string FingerprintName = "nodeDataSecret/v1";
    private static readonly byte[] DefaultSalt = "node-data scan"u8.ToArray();

    public static SarifLog From(CompletedScan scan) =>
        new(
            "https://json.schemastore.org/sarif-2.1.0.json",
            "2.1.0",
            [
                new SarifRun(
                    new SarifTool(new SarifDriver("node-data scan", GetToolVersion(), [.. SecretRule.All.Select(CreateRule)])),
                    "utf16CodeUnits",
                    [.. scan.Result.Findings.Select(finding => CreateResult(finding, scan.Ignores.Salt ?? DefaultSalt))]
                ),
            ]
        );

    private static SarifRule CreateRule(SecretRule rule) =>
        new(
            rule.Id,
            new SarifMessage(rule.Title),
            new SarifMessage($"{rule.Title} of Node Data that is stored where others can read it."),
            new SarifMessage(rule.Remedy),
            new SarifConfiguration("warning")
        );

    private static SarifResult CreateResult(Finding finding, byte[] salt) =>
        new(
            finding.Secret.Rule.Id,
            SecretRule.All.ToList().IndexOf(finding.Secret.Rule),
            SeverityText.Format(finding.Severity),
            new SarifMessage(FindingMessage.Format(finding)),
            finding.Path is null
                ? []
                :
                [
                    new SarifLocation(
                        new SarifPhysicalLocation(
                            new SarifArtifactLocation(GetUri(finding.Path)),
                            new SarifRegion(finding.Line, finding.Column)
                        )
                    ),
                ],
            // The same secret at the same path is the same alert, even if its line moves. The salt differs from that of the ignore entries, so that the two
            // hashes cannot be matched.
            new Dictionary<string, string> { [FingerprintName] = ComputeFingerprint(finding, salt) },
            finding.Commit is null ? null : new SarifProperties(finding.Commit)
        );

    private static string ComputeFingerprint(Finding finding, byte[] salt) =>
        IgnoreFile.ComputeHash(
            finding.Secret,
            [.. salt, .. Encoding.UTF8.GetBytes($"{FingerprintName}\n{finding.Commit}\n{finding.Path}")]
        );

    private static string GetUri(string path) =>
        Path.IsPathRooted(path) ? new Uri(path).AbsoluteUri : string.Join('/', path.Split('/').Select(Uri.EscapeDataString));

    private static string GetToolVersion() =>
        typeof(SarifLog).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";
}

internal sealed record SarifRun(SarifTool Tool, string ColumnKind, IReadOnlyList<SarifResult> Results);

internal sealed record SarifTool(SarifDriver Driver);

internal sealed record SarifDriver(string Name, string Version, IReadOnlyList<SarifRule> Rules);

internal sealed record SarifRule(
    string Id,
    SarifMessage ShortDescription,
    SarifMessage FullDescription,
    SarifMessage Help,
    SarifConfiguration DefaultConfiguration
);

internal sealed record SarifConfiguration(string Level);

internal sealed record SarifMessage(string Text);

internal sealed record SarifResult(
    string RuleId,
    int RuleIndex,
    string Level,
    SarifMessage Message,
    IReadOnlyList<SarifLocation> Locations,
    Dictionary<string, string> PartialFingerprints,
    SarifProperties? Properties
);

internal sealed record SarifLocation(SarifPhysicalLocation PhysicalLocation);

internal sealed record SarifPhysicalLocation(SarifArtifactLocation ArtifactLocation, SarifRegion Region);

internal sealed record SarifArtifactLocation(string Uri);

internal sealed record SarifRegion(int StartLine, int StartColumn);

internal sealed record SarifProperties(string Commit);
