namespace NodeData.Cli.Scan.Diffs;

/// <summary>The form in which git is asked for differences, whatever its configuration says.</summary>
internal static class GitArguments
{
    // A commit or a tag: a zero byte, its id, a line's end, its message, a zero byte. Neither message nor path can hold one.
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

    /// <summary>What the next commit would bring in.</summary>
    public static string[] Staged { get; } = ["diff", "--cached", "--diff-filter=d", .. DiffOptions];

    /// <summary>
    /// Every commit that a branch, a tag or another ref leads to, and those named on standard input. Of a merge what none of its parents has; of the first commit
    /// everything. With paths nothing is simplified away: a side branch may have brought a secret and taken it out again.
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

    /// <summary>The messages of tags.</summary>
    public static string[] Tags { get; } = ["for-each-ref", $"--format={TagFormat}", "refs/tags"];

    /// <summary>Stashes: of these a ref leads to the last one only.</summary>
    public static string[] Stashes { get; } = ["rev-list", "--walk-reflogs", "refs/stash"];

    /// <summary>How many commits there are.</summary>
    public static string[] CommitCount { get; } = ["rev-list", "--count", "--all"];
}
