namespace NodeData.Cli.Hooks;

/// <summary>
/// The part of a hook that looks at what is staged. In a shell script it stands in front of everything else; taking it out leaves every byte as it was. Texts
/// here are bytes, one character each.
/// </summary>
internal static class HookScript
{
    /// <summary>Set while the hook is only tried: nothing behind the scan runs.</summary>
    public const string ProbeVariable = "NODE_DATA_HOOK_PROBE";

    /// <summary>What a hook is named while another stands before it.</summary>
    public const string PreviousSuffix = ".before-node-data";

    private const string BlockStart = "# >>> node-data >>> ";
    private const string BlockEnd = "# <<< node-data <<<\n";
    private const string Shebang = "#!/bin/sh\n";
    private const string StandaloneHeader = Shebang + "# Made by `node-data hooks install`.\n";
    private const string ChainHeader = Shebang + "# Made by `node-data hooks install`; the hook that was here is called at the end.\n";
    private const string ChainCommand = "exec \"$0" + PreviousSuffix + "\" \"$@\"\n";

    private const string Block =
        BlockStart
        + """
            `node-data hooks uninstall` takes this out; `git commit --no-verify` skips it once
            node_data=$(command -v node-data || command -v "$HOME/.dotnet/tools/node-data") || {
                echo 'pre-commit: node-data is gone, so nothing looks for secrets in this commit. Install it (dotnet tool install --global NodeData.Cli)' >&2
                echo 'or take its lines out of this hook. To skip it once: git commit --no-verify' >&2
                exit 1
            }
            "$node_data" scan --staged </dev/null || exit $?
            [ -z "${NODE_DATA_HOOK_PROBE-}" ] || exit 0

            """
        + BlockEnd;

    private static readonly string[] Shells = ["sh", "bash", "dash", "ash", "ksh", "mksh", "zsh"];

    /// <summary>A hook of nothing but the scan.</summary>
    public static string Standalone { get; } = StandaloneHeader + Block;

    /// <summary>A hook that scans and then calls the one that was there, under its other name.</summary>
    public static string Chain { get; } = ChainHeader + Block + ChainCommand;

    /// <summary>Whether the scan is in a hook.</summary>
    public static bool ContainsScan(string hook) => FindBlock(hook) is not null;

    /// <summary>Whether a hook is a script that the scan can stand in.</summary>
    public static bool IsShell(string hook)
    {
        if (hook.Contains('\0', StringComparison.Ordinal))
        {
            return false;
        }

        // Without a first line that names a program git hands a script to sh.
        var words = GetFirstLine(hook) is ['#', '!', .. var program]
            ? program.Split([' ', '\t', '/'], StringSplitOptions.RemoveEmptyEntries)
            : ["sh"];
        return words.Any(word => Shells.Contains(word)) && !GetFirstLine(hook).EndsWith('\r');
    }

    /// <summary>The hook with the scan before everything else, in the form of this version.</summary>
    public static string Insert(string hook)
    {
        if (IsChain(hook))
        {
            return Chain;
        }

        if (Remove(hook) is not { } rest)
        {
            return Standalone;
        }

        var start = rest.StartsWith("#!", StringComparison.Ordinal) ? GetFirstLine(rest).Length + 1 : 0;
        return start > rest.Length ? $"{rest}\n{Block.TrimEnd('\n')}" : $"{rest[..start]}{Block}{rest[start..]}";
    }

    /// <summary>The hook as it was; null where nothing but the scan was in it.</summary>
    public static string? Remove(string hook)
    {
        if (FindBlock(hook) is not { } block)
        {
            return hook;
        }

        // A first line without an end got one for the scan, whose own last line then has none.
        var (start, end) = (block.Start.Value, block.End.Value);
        start -= hook[^1] != '\n' && end == hook.Length ? 1 : 0;
        var rest = hook[..start] + hook[end..];
        return rest == StandaloneHeader ? null : rest;
    }

    /// <summary>Whether the hook only calls another; then that one is what was there before.</summary>
    public static bool IsChain(string hook) => Remove(hook) == ChainHeader + ChainCommand;

    private static Range? FindBlock(string hook)
    {
        var start = hook.IndexOf(BlockStart, StringComparison.Ordinal);
        var end = start < 0 ? -1 : hook.IndexOf(BlockEnd.TrimEnd('\n'), start, StringComparison.Ordinal);
        return end < 0 ? null : start..Math.Min(end + BlockEnd.Length, hook.Length);
    }

    private static string GetFirstLine(string hook) =>
        hook.IndexOf('\n', StringComparison.Ordinal) is >= 0 and var end ? hook[..end] : hook;
}
