using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using NodeData.Cli.CommandLine;
using NodeData.Cli.Tests.Doubles;

namespace NodeData.Cli.Tests.Docs;

/// <summary>docs/cli.md says what <c>--help</c> says: every command, argument, option and exit code, and no other.</summary>
public sealed partial class CommandLinePageTests
{
    private static readonly string[] OfEveryCommand = ["--json", "--verbose", "--base-url", "--key-file", "--help", "--version", "-?"];

    [Fact]
    public async Task Every_command_has_its_section_and_no_other_has_one()
    {
        var told = Sections(await PageAsync()).Select(section => section.Command).Order(StringComparer.Ordinal);

        Assert.Equal(
            (await CommandsAsync()).Where(command => command.Acts).Select(command => command.Path).Order(StringComparer.Ordinal),
            told
        );
    }

    [Fact]
    public async Task Every_argument_and_option_is_described_as_help_describes_it()
    {
        var sections = Sections(await PageAsync()).ToDictionary(section => section.Command, section => section.Text);

        foreach (var (path, help, _) in (await CommandsAsync()).Where(command => command.Acts))
        {
            Assert.Equal(InHelp(help), InTable(sections[path]));
        }
    }

    [Fact]
    public async Task What_every_command_has_is_told_once()
    {
        var help = (await CommandsAsync()).Single(command => command.Path == "node-data").Help;
        var table = InTable(Section(await PageAsync(), "Every command"));

        Assert.Equal(
            HelpLine().Matches(Part(help, "Options:")).Select(Entry).Where(entry => !entry.Contains("elp") && !entry.Contains("--version")),
            table
        );
    }

    [Fact]
    public async Task Every_exit_code_is_told()
    {
        var told = Row().Matches(Section(await PageAsync(), "Exit codes")).Select(row => row.Groups["name"].Value.Trim('`'));

        Assert.Equal(Enum.GetValues<ExitCode>().Select(code => $"{(int)code}"), told);
    }

    [Fact]
    public async Task Every_json_shape_can_be_read()
    {
        var shapes = JsonBlock().Matches(await PageAsync());

        Assert.NotEmpty(shapes);
        Assert.All(shapes, shape => Read(Encoding.UTF8.GetBytes(shape.Groups["json"].Value)));

        static void Read(byte[] json)
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { AllowMultipleValues = true });
            while (reader.Read()) { }
        }
    }

    private static Task<string> PageAsync() =>
        File.ReadAllTextAsync(
            Path.Combine(NodeData.Sdk.Tpm.Tests.Doubles.Command.Repository, "docs/cli.md"),
            TestContext.Current.CancellationToken
        );

    private static async Task<List<(string Path, string Help, bool Acts)>> CommandsAsync()
    {
        using var tool = new Tool();
        var commands = new List<(string, string, bool)>();
        var waiting = new Queue<string[]>([
            [],
        ]);
        while (waiting.TryDequeue(out var path))
        {
            var help = (await tool.RunAsync([.. path, "--help"])).Requires(0).Output;
            var below = CommandLineOfHelp().Matches(Part(help, "Commands:")).Select(match => match.Groups["name"].Value).ToList();
            // A group shows its commands and does nothing by itself; the emulator does both.
            commands.Add((string.Join(' ', path.Prepend("node-data")), help, below.Count == 0 || path is ["emulator"]));
            below.ForEach(name => waiting.Enqueue([.. path, name]));
        }

        return commands;
    }

    private static IEnumerable<(string Command, string Text)> Sections(string page) =>
        page.Split("\n### ")
            .Skip(1)
            .Where(section => section.StartsWith("`node-data", StringComparison.Ordinal))
            .Select(section => (section.Split('`')[1], section.Split("\n## ")[0]));

    private static string Section(string page, string title) =>
        HeadingStart().Split(page).Single(section => section.StartsWith($"{title}\n", StringComparison.Ordinal));

    private static IEnumerable<string> InHelp(string help) =>
        HelpLine()
            .Matches(Part(help, "Arguments:") + Part(help, "Options:"))
            .Select(Entry)
            .Where(entry => !OfEveryCommand.Contains(entry.Split(' ')[0].TrimEnd(',')));

    private static IEnumerable<string> InTable(string section) =>
        Row()
            .Matches(FirstTable().Match(section).Value)
            .Where(row => row.Groups["name"].Value.StartsWith('`'))
            .Select(row =>
                $"{row.Groups["name"].Value.Trim('`')} {row.Groups["text"].Value}".Replace("\\|", "|", StringComparison.Ordinal)
            );

    // An argument stands in brackets there; whether an option is required, and its default, are for the terminal.
    private static string Entry(Match line)
    {
        var name = line.Groups["name"].Value.Split(" (REQUIRED)")[0];
        var text = line.Groups["text"].Value.Split(" [default:")[0];
        return $"{(name.StartsWith('-') ? name : name.Trim('<', '>', '.', '[', ']'))} {text}";
    }

    private static string Part(string help, string title) => help.Split($"{title}\n") is [_, var rest] ? rest.Split("\n\n")[0] + "\n" : "";

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
