using System.CommandLine;
using System.CommandLine.Completions;
using NodeData.Cli.CommandLine;

namespace NodeData.Cli.Completion;

/// <summary>A command and what can follow it, with the descriptions from its help.</summary>
/// <param name="Path">The command's words separated by spaces, without the program's name; empty for the program itself.</param>
/// <param name="Commands">Its subcommands.</param>
/// <param name="Options">Its options.</param>
/// <param name="Values">The known values of its arguments.</param>
internal sealed record CompletableCommand(
    string Path,
    IReadOnlyList<CompletableWord> Commands,
    IReadOnlyList<CompletableOption> Options,
    IReadOnlyList<string> Values
)
{
    /// <summary>Returns the program and all its commands.</summary>
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

/// <summary>A word and its description from help.</summary>
internal readonly record struct CompletableWord(string Name, string Description);

/// <summary>An option and the values that can follow it.</summary>
/// <param name="Name">The option, with its dashes.</param>
/// <param name="Description">Its description from help.</param>
/// <param name="HasValue">Whether it takes a value.</param>
/// <param name="HasFileValue">Whether the value is a file.</param>
/// <param name="Values">The known values.</param>
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

    /// <summary>Returns every option that takes a value, with its case: <c>keys create|--scope</c>.</summary>
    public static IEnumerable<(string Case, CompletableOption Option)> GetAllWithValues(IEnumerable<CompletableCommand> commands) =>
        from command in commands
        from option in command.Options
        where option.HasValue
        select ($"{command.Path}|{option.Name}", option);
}
