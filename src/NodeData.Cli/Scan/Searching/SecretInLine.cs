using NodeData.Cli.Secrets;

namespace NodeData.Cli.Scan.Searching;

/// <summary>A secret and its position in a line.</summary>
/// <param name="Secret">The secret.</param>
/// <param name="Column">The 1-based position of its first character.</param>
internal sealed record SecretInLine(FoundSecret Secret, int Column);
