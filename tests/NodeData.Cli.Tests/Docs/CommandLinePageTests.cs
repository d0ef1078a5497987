using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using NodeData.Cli.CommandLine;

namespace NodeData.Cli.Tests.Docs;

/// <summary>Verifies that docs/cli.md lists the same commands, arguments, options and exit codes as <c>--help</c>.</summary>
public sealed partial class CommandLinePageTests
{
    private static readonly string[] GlobalOptionNames = ["--json", "--verbose", "--base-url", "--key-file", "--help", "--version", "-?"];

    [Fact]
    public async Task Sections_match_the_commands()
    {
        var documented = GetSections(await ReadPageAsync()).Select(section => section.Command).Order(StringComparer.Ordinal);

        Assert.Equal(
            (await HelpPages.ReadAsync())
                .Where(command => command.IsRunnable)
                .Select(command => command.Path)
                .Order(StringComparer.Ordinal),
            documented
        );
    }

    [Fact]
    public async Task Arguments_and_options_match_the_help()
    {
        var sections = GetSections(await ReadPageAsync()).ToDictionary(section => section.Command, section => section.Text);

        foreach (var (path, help, _) in (await HelpPages.ReadAsync()).Where(command => command.IsRunnable))
        {
            Assert.Equal(GetHelpEntries(help), GetTableEntries(sections[path]));
        }
    }

    [Fact]
    public async Task Global_options_are_documented_once()
    {
        var help = (await HelpPages.ReadAsync()).Single(command => command.Path == "node-data").Help;
        var table = GetTableEntries(GetSection(await ReadPageAsync(), "Global options"));

        Assert.Equal(
            HelpLine()
                .Matches(HelpPages.GetPart(help, "Options:"))
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

    private static IEnumerable<(string Command, string Text)> GetSections(string page) =>
        page.Split("\n### ")
            .Skip(1)
            .Where(section => section.StartsWith("`node-data", StringComparison.Ordinal))
            .Select(section => (section.Split('`')[1], section.Split("\n## ")[0]));

    private static string GetSection(string page, string title) =>
        HeadingStart().Split(page).Single(section => section.StartsWith($"{title}\n", StringComparison.Ordinal));

    private static IEnumerable<string> GetHelpEntries(string help) =>
        HelpLine()
            .Matches(HelpPages.GetPart(help, "Arguments:") + HelpPages.GetPart(help, "Options:"))
            .Select(FormatEntry)
            .Where(entry => !GlobalOptionNames.Contains(entry.Split(' ')[0].TrimEnd(',')));

    private static IEnumerable<string> GetTableEntries(string section) =>
        Row()
            .Matches(FirstTable().Match(section).Value)
            .Where(row => row.Groups["name"].Value.StartsWith('`'))
            .Select(row =>
                $"{row.Groups["name"].Value.Trim('`')} {row.Groups["text"].Value}".Replace("\\|", "|", StringComparison.Ordinal)
            );

    // The help encloses an argument in brackets, and adds whether an option is required and its default.
    private static string FormatEntry(Match line)
    {
        var name = line.Groups["name"].Value.Split(" (REQUIRED)")[0];
        var text = line.Groups["text"].Value.Split(" [default:")[0];
        return $"{(name.StartsWith('-') ? name : name.Trim('<', '>', '.', '[', ']'))} {text}";
    }

    [GeneratedRegex(@"^  (?<name>\S.*?)(?:  +(?<text>\S.*))?$", RegexOptions.Multiline)]
    private static partial Regex HelpLine();

    [GeneratedRegex(@"^\| (?<name>(?:[^|\\]|\\\|)+?) \| (?<text>.*?) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"^\| \| \|\n(\|.*\n)+", RegexOptions.Multiline)]
    private static partial Regex FirstTable();

    [GeneratedRegex(@"^#+ ", RegexOptions.Multiline)]
    private static partial Regex HeadingStart();

    [GeneratedRegex(@"```json\n(?<json>.*?)```", RegexOptions.Singleline)]
    private static partial Regex JsonBlock();
}
