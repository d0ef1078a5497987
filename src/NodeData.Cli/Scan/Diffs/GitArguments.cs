namespace NodeData.Cli.Scan.Diffs;

/// <summary>The arguments for git, which produce the same output under every git configuration.</summary>
internal static class GitArguments
{
    // A commit or a tag: a zero byte, the ID, a line break, the message, a zero byte. Neither a message nor a path can contain a zero byte.
    private const string CommitFormat = "%x00%H%n%B%x00";
    private const string TagFormat = "%00%(objectname)%0a%(contents)%00";

    private static readonly string[] DiffOptions =
    [
        "--patch",
        "--unified=0",
        "--inter-hunk-context=0",
        "--full-index",
        "--find-renames",
        "--no-color",
        "--no-ext-diff",
        "--no-textconv",
        "--no-relative",
        "--submodule=short",
        "--src-prefix=a/",
        "--dst-prefix=b/",
    ];

    /// <summary>Arguments for the diff of the staged changes.</summary>
    public static string[] Staged { get; } = ["diff", "--cached", "--diff-filter=d", .. DiffOptions];

    /// <summary>
    /// Creates the arguments for the diffs of every commit that is reachable from a ref or named on standard input. A merge shows what none of its parents has;
    /// the first commit shows everything. History simplification is off for paths, because a side branch may have added a secret and removed it again.
    /// </summary>
    public static string[] ForHistory(IEnumerable<string> paths) =>
        [
            "-c",
            "log.showRoot=true",
            "log",
            "--all",
            "--stdin",
            "--date-order",
            "--cc",
            "--full-history",
            "--no-notes",
            .. DiffOptions,
            $"--format={CommitFormat}",
            "--",
            .. paths,
        ];

    /// <summary>Arguments for the messages of tags.</summary>
    public static string[] Tags { get; } = ["for-each-ref", $"--format={TagFormat}", "refs/tags"];

    /// <summary>Arguments for the list of stashes; the ref points to the last one only.</summary>
    public static string[] Stashes { get; } = ["rev-list", "--walk-reflogs", "refs/stash"];

    /// <summary>Arguments for the number of commits.</summary>
    public static string[] CommitCount { get; } = ["rev-list", "--count", "--all"];
}
