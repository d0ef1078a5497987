using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using NodeData.Sdk.Tests.Doubles;

namespace NodeData.Sdk.Tests.Conventions;

/// <summary>A default is the same in the code, in its doc comment and in the docs page.</summary>
public sealed partial class OptionDefaultsTests
{
    public static TheoryData<string, string, string> Defaults { get; } =
        new()
        {
            { nameof(NodeClientOptions.AttemptTimeout), "30 seconds", "30 s" },
            { nameof(NodeClientOptions.TotalTimeout), "100 seconds", "100 s" },
            { nameof(NodeClientOptions.MaxRetries), "2", "2" },
            { nameof(NodeClientOptions.MaxRetryAfter), "10 seconds", "10 s" },
            { nameof(NodeClientOptions.MaxResponseBytes), "16,777,216 (16 MiB)", "16 MiB" },
        };

    [Theory]
    [MemberData(nameof(Defaults))]
    public void Code_comment_and_page_agree(string option, string inComment, string onPage)
    {
        var value = typeof(NodeClientOptions).GetProperty(option)!.GetValue(new NodeClientOptions());
        var inCode = value switch
        {
            TimeSpan time => $"{time.TotalSeconds} s",
            int number and >= 1024 => $"{number / 1024 / 1024} MiB",
            _ => Convert.ToString(value, CultureInfo.InvariantCulture),
        };

        Assert.Equal(onPage, inCode);
        Assert.Contains($"The default is {inComment}", CommentOf(option), StringComparison.Ordinal);
        var page = File.ReadAllText(Path.Combine(Command.Repository, "docs", "configuration.md"));
        Assert.Contains($"| `{option}` | {onPage} |", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_option_stands_on_the_page()
    {
        var page = File.ReadAllText(Path.Combine(Command.Repository, "docs", "configuration.md"));

        Assert.All(
            typeof(NodeClientOptions).GetProperties(),
            option => Assert.Contains($"| `{option.Name}` |", page, StringComparison.Ordinal)
        );
    }

    private static string CommentOf(string option)
    {
        var comments = XDocument.Load(Path.Combine(AppContext.BaseDirectory, "NodeData.Sdk.xml"));
        var member = comments
            .Descendants("member")
            .Single(member => (string?)member.Attribute("name") == $"P:NodeData.Sdk.NodeClientOptions.{option}");
        return WhiteSpace().Replace(member.Element("summary")!.Value, " ");
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();
}
