using NodeData.Cli.Secrets;

namespace NodeData.Cli.Scan.Searching;

/// <summary>A secret and where it stands in its line.</summary>
/// <param name="Secret">The secret.</param>
/// <param name="Column">The character it begins with, from 1.</param>
internal sealed record SecretInLine(FoundSecret Secret, int Column);
