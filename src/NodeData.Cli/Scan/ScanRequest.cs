namespace NodeData.Cli.Scan;

/// <summary>What a scan covers.</summary>
/// <param name="Paths">Files and directories; empty for the working directory or the whole history.</param>
/// <param name="IsStaged">true to scan the staged changes.</param>
/// <param name="IsHistory">true to scan the history.</param>
internal sealed record ScanRequest(IReadOnlyList<string> Paths, bool IsStaged, bool IsHistory)
{
    /// <summary>Whether the scan covers everything, so that an unmatched ignore entry is unused.</summary>
    public bool IsComplete => Paths.Count == 0 && !IsStaged;
}
