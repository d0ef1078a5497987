using System.Text.RegularExpressions;
using NodeData.Cli.Tests.Doubles;

namespace NodeData.Cli.Tests.Docs;

/// <summary>The output of <c>--help</c> for every command.</summary>
internal static partial class HelpPages
{
    public static async Task<List<(string Path, string Help, bool IsRunnable)>> ReadAsync()
    {
        using var tool = new Tool();
        var commands = new List<(string, string, bool)>();
        var queue = new Queue<string[]>([
            [],
        ]);
        while (queue.TryDequeue(out var path))
        {
            var help = (await tool.RunAsync([.. path, "--help"])).RequireExitCode(0).Output;
            var subcommands = CommandLineOfHelp().Matches(GetPart(help, "Commands:")).Select(match => match.Groups["name"].Value).ToList();
            // A group only lists its commands; the emulator command has subcommands and runs itself.
            commands.Add((string.Join(' ', path.Prepend("node-data")), help, subcommands.Count == 0 || path is ["emulator"]));
            subcommands.ForEach(name => queue.Enqueue([.. path, name]));
        }

        return commands;
    }

    public static string GetPart(string help, string title) =>
        help.Split($"{title}\n") is [_, var rest] ? rest.Split("\n\n")[0] + "\n" : "";

    [GeneratedRegex(@"^  (?<name>[a-z-]+)", RegexOptions.Multiline)]
    private static partial Regex CommandLineOfHelp();
}
