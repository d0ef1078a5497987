using NodeData.Cli.Scan.Ignoring;

namespace NodeData.Cli.Scan;

/// <summary>What a scan came upon.</summary>
internal sealed class ScanResult
{
    /// <summary>Every secret at each of its places, in the order of reports.</summary>
    public List<Finding> Findings { get; set; } = [];

    /// <summary>How many <c>node-data:allow</c> took out.</summary>
    public int AllowedCount { get; set; }

    /// <summary>How many the file of ignores took out.</summary>
    public int IgnoredCount { get; set; }

    /// <summary>The ignores that nothing was found for; empty where the scan did not look at everything.</summary>
    public IReadOnlyList<IgnoreEntry> UnusedIgnores { get; set; } = [];

    /// <summary>What could not be looked at, each with why.</summary>
    public List<string> Unread { get; } = [];
}
