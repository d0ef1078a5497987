using NodeData.Cli.Scan.Ignoring;

namespace NodeData.Cli.Scan;

/// <summary>The result of a scan.</summary>
internal sealed class ScanResult
{
    /// <summary>Every secret at each of its locations, in the order of reports.</summary>
    public List<Finding> Findings { get; set; } = [];

    /// <summary>The number of findings that <c>node-data:allow</c> suppressed.</summary>
    public int AllowedCount { get; set; }

    /// <summary>The number of findings that the ignore file suppressed.</summary>
    public int IgnoredCount { get; set; }

    /// <summary>The ignore entries that matched nothing; empty if the scan did not cover everything.</summary>
    public IReadOnlyList<IgnoreEntry> UnusedIgnores { get; set; } = [];

    /// <summary>What could not be scanned, each with the reason.</summary>
    public List<string> Skipped { get; } = [];
}
