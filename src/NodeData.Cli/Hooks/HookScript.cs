namespace NodeData.Cli.Hooks;

/// <summary>
/// The part of a hook that scans the staged changes. In a shell script it precedes all other commands; removing it restores the script byte for byte. Strings
/// here are bytes, one character each.
/// </summary>
internal static class HookScript
{
    /// <summary>Set while the hook is tested: nothing after the scan runs.</summary>
    public const string ProbeVariable = "NODE_DATA_HOOK_PROBE";

    /// <summary>The suffix of the previous hook while the installed one calls it.</summary>
    public const string PreviousSuffix = ".before-node-data";

    private const string BlockStart = "# >>> node-data >>> ";
    private const string BlockEnd = "# <<< node-data <<<\n";
    private const string Shebang = "#!/bin/sh\n";
    private const string StandaloneHeader = Shebang + "# Created by `node-data hooks install`.\n";
    private const string ChainHeader = Shebang + "# Created by `node-data hooks install`; calls the previous hook at the end.\n";
    private const string ChainCommand = "exec \"$0" + PreviousSuffix + "\" \"$@\"\n";

    private const string Block =
        BlockStart
        + """
            `node-data hooks uninstall` removes this; `git commit --no-verify` skips it once
            node_data=$(command -v node-data || command -v "$HOME/.dotnet/tools/node-data") || {
                echo 'pre-commit: node-data was not found, so this commit cannot be scanned for secrets. Install it (dotnet tool install --global NodeData.Cli)' >&2
                echo 'or remove its lines from this hook. To skip it once: git commit --no-verify' >&2
                exit 1
            }
            "$node_data" scan --staged </dev/null || exit $?
            [ -z "${NODE_DATA_HOOK_PROBE-}" ] || exit 0

            """
        + BlockEnd;

    private static readonly string[] Shells = ["sh", "bash", "dash", "ash", "ksh", "mksh", "zsh"];

    /// <summary>A hook that contains only the scan.</summary>
    public static string Standalone { get; } = StandaloneHeader + Block;

    /// <summary>A hook that scans and then calls the previous hook, which was renamed.</summary>
    public static string Chain { get; } = ChainHeader + Block + ChainCommand;

    /// <summary>Determines whether a hook contains the scan.</summary>
    public static bool ContainsScan(string hook) => FindBlock(hook) is not null;

    /// <summary>Determines whether a hook is a shell script, which can contain the scan.</summary>
    public static bool IsShell(string hook)
    {
        if (hook.Contains('\0', StringComparison.Ordinal))
        {
            return false;
        }

        // Git runs a script without a shebang with sh.
        var words = GetFirstLine(hook) is ['#', '!', .. var program]
            ? program.Split([' ', '\t', '/'], StringSplitOptions.RemoveEmptyEntries)
            : ["sh"];
        return words.Any(word => Shells.Contains(word)) && !GetFirstLine(hook).EndsWith('\r');
    }

    /// <summary>Returns the hook with the scan of this version before all other commands.</summary>
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

    /// <summary>Returns the hook without the scan; null if it contained nothing else.</summary>
    public static string? Remove(string hook)
    {
        if (FindBlock(hook) is not { } block)
        {
            return hook;
        }

        // A first line without a line break got one for the scan, whose last line then has none.
        var (start, end) = (block.Start.Value, block.End.Value);
        start -= hook[^1] != '\n' && end == hook.Length ? 1 : 0;
        var rest = hook[..start] + hook[end..];
        return rest == StandaloneHeader ? null : rest;
    }

    /// <summary>Determines whether the hook contains only the scan and the call of the previous hook.</summary>
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
