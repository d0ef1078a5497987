using System.CommandLine;
using NodeData.Cli.Failures;

namespace NodeData.Cli.CommandLine;

/// <summary>What is wrong with a command line, in one line.</summary>
internal static class UsageMistake
{
    // Beyond this many changed letters a word is not meant for another.
    private const int FarthestLetters = 2;

    public static CommandFailedException Of(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var path = PathOf(command);
        var what = parsed.UnmatchedTokens is [var unknown, ..]
            ? $"'{unknown}' is no {(command.Subcommands.Count > 0 ? "command" : "argument")} or option of `{path}`.{Suggestion(unknown, command)}"
            : string.Join(' ', parsed.Errors[0].Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return CommandFailedException.Usage($"{what} `{path} --help` shows how.");
    }

    /// <summary>Whether nothing was asked for but a group of commands.</summary>
    public static bool IsGroupAlone(ParseResult parsed) =>
        parsed.CommandResult.Command is { Action: null, Subcommands.Count: > 0 } && parsed.UnmatchedTokens.Count == 0;

    public static string PathOf(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{PathOf(parent)} {command.Name}" : "node-data";

    private static string Suggestion(string unknown, Command command)
    {
        var names = command
            .Subcommands.Select(other => other.Name)
            .Concat(command.Options.Select(option => option.Name))
            .Concat(GlobalOptions.All.Select(option => option.Name));
        var nearest = names.Select(name => (Name: name, Distance: DistanceOf(unknown, name))).MinBy(name => name.Distance);
        return nearest is { Name: not null, Distance: <= FarthestLetters } ? $" Did you mean '{nearest.Name}'?" : "";
    }

    // After Levenshtein: how many letters have to be put in, taken out or changed.
    private static int DistanceOf(string one, string other)
    {
        var previous = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 0; i < one.Length; i++)
        {
            var current = new int[other.Length + 1];
            current[0] = i + 1;
            for (var j = 0; j < other.Length; j++)
            {
                current[j + 1] = Math.Min(Math.Min(current[j], previous[j + 1]) + 1, previous[j] + (one[i] == other[j] ? 0 : 1));
            }

            previous = current;
        }

        return previous[^1];
    }
}
