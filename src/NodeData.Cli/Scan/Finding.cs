using NodeData.Cli.Scan.Verifying;
using NodeData.Cli.Secrets;

namespace NodeData.Cli.Scan;

/// <summary>A secret and the location where it was found.</summary>
/// <param name="Secret">The secret; reports show its hint.</param>
/// <param name="Commit">The commit that introduced it; null outside a history.</param>
/// <param name="Path">The path as git prints it, relative to the top level of the repository; null for the message of a commit or tag.</param>
/// <param name="Line">The 1-based line number in the file as of the commit.</param>
/// <param name="Column">The 1-based position of the first character.</param>
internal sealed record Finding(FoundSecret Secret, string? Commit, string? Path, int Line, int Column)
{
    public string? Path { get; } = Path is null ? null : DisplayPath.Mask(Path);

    /// <summary>The result of the verification; null if it was not verified.</summary>
    public Verification? Verification { get; init; }

    public FindingSeverity Severity =>
        Verification?.State switch
        {
            VerificationState.Active => FindingSeverity.Error,
            VerificationState.Inactive => FindingSeverity.Note,
            _ => FindingSeverity.Warning,
        };
}
