namespace NodeData.Cli.Scan.Diffs;

/// <summary>The form in which git is asked for differences, whatever its configuration says.</summary>
internal static class GitDiffs
{
    // A commit or a tag: a zero byte, its id, a line's end, its message, a zero byte. Neither message nor path can hold one.
    private const string Header = "%x00%H%n%B%x00";
    private const string TagHeader = "%00%(objectname)%0a%(contents)%00";

    private static readonly string[] Form =
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
    public static string[] Staged { get; } = ["diff", "--cached", "--diff-filter=d", .. Form];

    /// <summary>
    /// Every commit that a branch, a tag or another ref leads to, and those named on standard input. Of a merge what none of its parents has; of the first commit
    /// everything. With paths nothing is simplified away: a side branch may have brought a secret and taken it out again.
    /// </summary>
    public static string[] History(IEnumerable<string> paths) =>
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
            .. Form,
            $"--format={Header}",
            "--",
            .. paths,
        ];

    /// <summary>The messages of tags.</summary>
    public static string[] Tags { get; } = ["for-each-ref", $"--format={TagHeader}", "refs/tags"];

    /// <summary>Stashes: of these a ref leads to the last one only.</summary>
    public static string[] Stashes { get; } = ["rev-list", "--walk-reflogs", "refs/stash"];

    /// <summary>How many commits there are.</summary>
    public static string[] Count { get; } = ["rev-list", "--count", "--all"];
}
