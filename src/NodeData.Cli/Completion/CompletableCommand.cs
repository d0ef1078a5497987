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
    public static IEnumerable<CompletableCommand> GetAll(Command root) => GetAll(root, "");

    private static IEnumerable<CompletableCommand> GetAll(Command command, string path)
    {
        var commands = command.Subcommands.Where(subcommand => !subcommand.Hidden).ToList();
        var options = command.Options.Concat(GlobalOptions.All).Where(option => !option.Hidden).Distinct();
        yield return new CompletableCommand(
            path,
            [.. commands.Select(subcommand => new CompletableWord(subcommand.Name, subcommand.Description ?? ""))],
            [.. options.Select(CompletableOption.From)],
            [
                .. command
                    .Arguments.SelectMany(argument => argument.GetCompletions(CompletionContext.Empty))
                    .Select(completion => completion.Label),
            ]
        );
        foreach (
            var descendant in commands.SelectMany(subcommand =>
                GetAll(subcommand, path.Length == 0 ? subcommand.Name : $"{path} {subcommand.Name}")
            )
        )
        {
            yield return descendant;
        }
    }
}

/// <summary>A word and what help says of it.</summary>
internal readonly record struct CompletableWord(string Name, string Description);

/// <summary>An option, and what can stand behind it.</summary>
/// <param name="Name">The option, with its dashes.</param>
/// <param name="Description">What help says of it.</param>
/// <param name="HasValue">Whether a value stands behind it.</param>
/// <param name="HasFileValue">Whether that value is a file.</param>
/// <param name="Values">The values that are known.</param>
internal sealed record CompletableOption(string Name, string Description, bool HasValue, bool HasFileValue, IReadOnlyList<string> Values)
{
    public static CompletableOption From(Option option)
    {
        var hasValue = option.Arity.MaximumNumberOfValues > 0 && option.ValueType != typeof(bool);
        return new CompletableOption(
            option.Name,
            option.Description ?? "",
            hasValue,
            hasValue && option.HelpName is "FILE" or "PATH",
            hasValue ? [.. option.GetCompletions(CompletionContext.Empty).Select(completion => completion.Label)] : []
        );
    }

    /// <summary>Every option with a value, as the case in which it is asked for: <c>keys create|--scope</c>.</summary>
    public static IEnumerable<(string Case, CompletableOption Option)> GetAllWithValues(IEnumerable<CompletableCommand> commands) =>
        from command in commands
        from option in command.Options
        where option.HasValue
        select ($"{command.Path}|{option.Name}", option);
}
