using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using NodeData.Cli.CommandLine;
using NodeData.Cli.Tests.Doubles;

namespace NodeData.Cli.Tests.Docs;

/// <summary>docs/cli.md says what <c>--help</c> says: every command, argument, option and exit code, and no other.</summary>
public sealed partial class CommandLinePageTests
{
    private static readonly string[] GlobalOptionNames = ["--json", "--verbose", "--base-url", "--key-file", "--help", "--version", "-?"];

    [Fact]
    public async Task Sections_match_the_commands()
    {
        var documented = GetSections(await ReadPageAsync()).Select(section => section.Command).Order(StringComparer.Ordinal);

        Assert.Equal(
            (await GetCommandsAsync()).Where(command => command.Acts).Select(command => command.Path).Order(StringComparer.Ordinal),
            documented
        );
    }

    [Fact]
    public async Task Arguments_and_options_match_the_help()
    {
        var sections = GetSections(await ReadPageAsync()).ToDictionary(section => section.Command, section => section.Text);

        foreach (var (path, help, _) in (await GetCommandsAsync()).Where(command => command.Acts))
        {
            Assert.Equal(GetHelpEntries(help), GetTableEntries(sections[path]));
        }
    }

    [Fact]
    public async Task Global_options_are_documented_once()
    {
        var help = (await GetCommandsAsync()).Single(command => command.Path == "node-data").Help;
        var table = GetTableEntries(GetSection(await ReadPageAsync(), "Every command"));

        Assert.Equal(
            HelpLine()
                .Matches(GetPart(help, "Options:"))
                .Select(FormatEntry)
                .Where(entry => !entry.Contains("elp") && !entry.Contains("--version")),
            table
        );
    }

    [Fact]
    public async Task Every_exit_code_is_documented()
    {
        var documented = Row().Matches(GetSection(await ReadPageAsync(), "Exit codes")).Select(row => row.Groups["name"].Value.Trim('`'));

        Assert.Equal(Enum.GetValues<ExitCode>().Select(code => $"{(int)code}"), documented);
    }

    [Fact]
    public async Task Every_json_example_can_be_parsed()
    {
        var shapes = JsonBlock().Matches(await ReadPageAsync());

        Assert.NotEmpty(shapes);
        Assert.All(shapes, shape => Read(Encoding.UTF8.GetBytes(shape.Groups["json"].Value)));

        static void Read(byte[] json)
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { AllowMultipleValues = true });
            while (reader.Read()) { }
        }
    }

    private static Task<string> ReadPageAsync() =>
        File.ReadAllTextAsync(
            Path.Combine(NodeData.Sdk.Tpm.Tests.Doubles.Command.RepositoryRoot, "docs/cli.md"),
            TestContext.Current.CancellationToken
        );

    private static async Task<List<(string Path, string Help, bool Acts)>> GetCommandsAsync()
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
            // A group shows its commands and does nothing by itself; the emulator does both.
            commands.Add((string.Join(' ', path.Prepend("node-data")), help, subcommands.Count == 0 || path is ["emulator"]));
            subcommands.ForEach(name => queue.Enqueue([.. path, name]));
        }

        return commands;
    }

    private static IEnumerable<(string Command, string Text)> GetSections(string page) =>
        page.Split("\n### ")
            .Skip(1)
            .Where(section => section.StartsWith("`node-data", StringComparison.Ordinal))
            .Select(section => (section.Split('`')[1], section.Split("\n## ")[0]));

    private static string GetSection(string page, string title) =>
        HeadingStart().Split(page).Single(section => section.StartsWith($"{title}\n", StringComparison.Ordinal));

    private static IEnumerable<string> GetHelpEntries(string help) =>
        HelpLine()
            .Matches(GetPart(help, "Arguments:") + GetPart(help, "Options:"))
            .Select(FormatEntry)
            .Where(entry => !GlobalOptionNames.Contains(entry.Split(' ')[0].TrimEnd(',')));

    private static IEnumerable<string> GetTableEntries(string section) =>
        Row()
            .Matches(FirstTable().Match(section).Value)
            .Where(row => row.Groups["name"].Value.StartsWith('`'))
            .Select(row =>
                $"{row.Groups["name"].Value.Trim('`')} {row.Groups["text"].Value}".Replace("\\|", "|", StringComparison.Ordinal)
            );

    // An argument stands in brackets there; whether an option is required, and its default, are for the terminal.
    private static string FormatEntry(Match line)
    {
        var name = line.Groups["name"].Value.Split(" (REQUIRED)")[0];
        var text = line.Groups["text"].Value.Split(" [default:")[0];
        return $"{(name.StartsWith('-') ? name : name.Trim('<', '>', '.', '[', ']'))} {text}";
    }

    private static string GetPart(string help, string title) =>
        help.Split($"{title}\n") is [_, var rest] ? rest.Split("\n\n")[0] + "\n" : "";

    [GeneratedRegex(@"^  (?<name>\S.*?)(?:  +(?<text>\S.*))?$", RegexOptions.Multiline)]
    private static partial Regex HelpLine();

    [GeneratedRegex(@"^  (?<name>[a-z-]+)", RegexOptions.Multiline)]
    private static partial Regex CommandLineOfHelp();

    [GeneratedRegex(@"^\| (?<name>(?:[^|\\]|\\\|)+?) \| (?<text>.*?) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"^\| \| \|\n(\|.*\n)+", RegexOptions.Multiline)]
    private static partial Regex FirstTable();

    [GeneratedRegex(@"^#+ ", RegexOptions.Multiline)]
    private static partial Regex HeadingStart();

    [GeneratedRegex(@"```json\n(?<json>.*?)```", RegexOptions.Singleline)]
    private static partial Regex JsonBlock();
}
