using System.CommandLine;
using NodeData.Cli.Failures;

namespace NodeData.Cli.CommandLine;

/// <summary>Creates the one-line error for an invalid command line.</summary>
internal static class UsageError
{
    // A word with a greater edit distance is not suggested.
    private const int MaxDistance = 2;

    public static CommandFailedException Create(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var path = GetPath(command);
        var problem = parsed.UnmatchedTokens is [var unknown, ..]
            ? $"'{unknown}' is not a valid {(command.Subcommands.Count > 0 ? "command" : "argument")} or option of `{path}`.{GetSuggestion(unknown, command)}"
            : string.Join(' ', parsed.Errors[0].Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return CommandFailedException.Usage($"{problem} Run `{path} --help` for usage.");
    }

    /// <summary>Whether the command line names a group of commands without a subcommand.</summary>
    public static bool IsGroupWithoutSubcommand(ParseResult parsed) =>
        parsed.CommandResult.Command is { Action: null, Subcommands.Count: > 0 } && parsed.UnmatchedTokens.Count == 0;

    public static string GetPath(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{GetPath(parent)} {command.Name}" : "node-data";

    private static string GetSuggestion(string unknown, Command command)
    {
        var names = command
            .Subcommands.Select(subcommand => subcommand.Name)
            .Concat(command.Options.Select(option => option.Name))
            .Concat(GlobalOptions.All.Select(option => option.Name));
        var nearest = names.Select(name => (Name: name, Distance: GetDistance(unknown, name))).MinBy(name => name.Distance);
        return nearest is { Name: not null, Distance: <= MaxDistance } ? $" Did you mean '{nearest.Name}'?" : "";
    }

    // The Levenshtein distance: the number of letters to insert, delete or replace.
    private static int GetDistance(string first, string second)
    {
        var previous = Enumerable.Range(0, second.Length + 1).ToArray();
        for (var i = 0; i < first.Length; i++)
        {
            var current = new int[second.Length + 1];
            current[0] = i + 1;
            for (var j = 0; j < second.Length; j++)
            {
                current[j + 1] = Math.Min(Math.Min(current[j], previous[j + 1]) + 1, previous[j] + (first[i] == second[j] ? 0 : 1));
            }

            previous = current;
        }

        return previous[^1];
    }
}
