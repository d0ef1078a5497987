using System.CommandLine;
using System.CommandLine.Completions;
using NodeData.Cli.CommandLine;

namespace NodeData.Cli.Completion;

/// <summary>What can stand behind a command, with what help says of it.</summary>
/// <param name="Path">The command's words with blanks between them, without the program; empty for the program itself.</param>
/// <param name="Commands">Its commands.</param>
/// <param name="Options">Its options.</param>
/// <param name="Values">What its arguments are known to take.</param>
internal sealed record CompletableCommand(
    string Path,
    IReadOnlyList<CompletableWord> Commands,
    IReadOnlyList<CompletableOption> Options,
    IReadOnlyList<string> Values
)
{
    /// <summary>The program and every command below it.</summary>
    public static IEnumerable<CompletableCommand> AllOf(Command root) => AllOf(root, "");

    private static IEnumerable<CompletableCommand> AllOf(Command command, string path)
    {
        var commands = command.Subcommands.Where(below => !below.Hidden).ToList();
        var options = command.Options.Concat(GlobalOptions.All).Where(option => !option.Hidden).Distinct();
        yield return new CompletableCommand(
            path,
            [.. commands.Select(below => new CompletableWord(below.Name, below.Description ?? ""))],
            [.. options.Select(CompletableOption.Of)],
            [
                .. command
                    .Arguments.SelectMany(argument => argument.GetCompletions(CompletionContext.Empty))
                    .Select(completion => completion.Label),
            ]
        );
        foreach (var inside in commands.SelectMany(below => AllOf(below, path.Length == 0 ? below.Name : $"{path} {below.Name}")))
        {
            yield return inside;
        }
    }
}

/// <summary>A word and what help says of it.</summary>
internal readonly record struct CompletableWord(string Name, string Description);

/// <summary>An option, and what can stand behind it.</summary>
/// <param name="Name">The option, with its dashes.</param>
/// <param name="Description">What help says of it.</param>
/// <param name="TakesValue">Whether a value stands behind it.</param>
/// <param name="TakesFile">Whether that value is a file.</param>
/// <param name="Values">The values that are known.</param>
internal sealed record CompletableOption(string Name, string Description, bool TakesValue, bool TakesFile, IReadOnlyList<string> Values)
{
    public static CompletableOption Of(Option option)
    {
        var takesValue = option.Arity.MaximumNumberOfValues > 0 && option.ValueType != typeof(bool);
        return new CompletableOption(
            option.Name,
            option.Description ?? "",
            takesValue,
            takesValue && option.HelpName is "FILE" or "PATH",
            takesValue ? [.. option.GetCompletions(CompletionContext.Empty).Select(completion => completion.Label)] : []
        );
    }

    /// <summary>Every option with a value, as the case in which it is asked for: <c>keys create|--scope</c>.</summary>
    public static IEnumerable<(string Case, CompletableOption Option)> WithValuesOf(IEnumerable<CompletableCommand> commands) =>
        from command in commands
        from option in command.Options
        where option.TakesValue
        select ($"{command.Path}|{option.Name}", option);
}
