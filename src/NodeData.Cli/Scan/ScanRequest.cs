namespace NodeData.Cli.Scan;

/// <summary>What is to be looked at.</summary>
/// <param name="Paths">Files and folders; empty for the working folder, or for all of a history.</param>
/// <param name="IsStaged">Whether it is what the next commit would bring in.</param>
/// <param name="IsHistory">Whether it is the history.</param>
internal sealed record ScanRequest(IReadOnlyList<string> Paths, bool IsStaged, bool IsHistory)
{
    /// <summary>Whether an ignore that nothing was found for is one too many.</summary>
    public bool IsComplete => Paths.Count == 0 && !IsStaged;
}
