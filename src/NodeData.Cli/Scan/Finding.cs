using NodeData.Cli.Scan.Verifying;
using NodeData.Cli.Secrets;

namespace NodeData.Cli.Scan;

/// <summary>A secret and the place where it was found.</summary>
/// <param name="Secret">The secret; reports show its hint.</param>
/// <param name="Commit">The commit that brought it in; null outside a history.</param>
/// <param name="Path">As git names it, from the top of the repository; null where it stands in the message of a commit or tag.</param>
/// <param name="Line">The line, from 1; that of the file as the commit left it.</param>
/// <param name="Column">The character, from 1.</param>
internal sealed record Finding(FoundSecret Secret, string? Commit, string? Path, int Line, int Column)
{
    public string? Path { get; } = Path is null ? null : DisplayPath.Mask(Path);

    /// <summary>What the service said of it; null where it was not asked.</summary>
    public Verification? Verification { get; init; }

    public FindingSeverity Severity =>
        Verification?.State switch
        {
            VerificationState.Active => FindingSeverity.Error,
            VerificationState.Inactive => FindingSeverity.Note,
            _ => FindingSeverity.Warning,
        };
}
