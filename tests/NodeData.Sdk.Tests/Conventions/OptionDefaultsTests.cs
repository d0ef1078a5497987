using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.Extensions.Configuration;
using NodeData.Sdk.Tests.Doubles;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Tests.Conventions;

/// <summary>Verifies that each default is the same in the code, in its doc comment and on the docs page.</summary>
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

    public static TheoryData<string, string, string> ReceiverDefaults { get; } =
        new()
        {
            { nameof(WebhookReceiverOptions.Timeout), "8 seconds", "8 s" },
            { nameof(WebhookReceiverOptions.Lease), "30 seconds", "30 s" },
            { nameof(WebhookReceiverOptions.Retention), "7 days", "7 d" },
            { nameof(WebhookReceiverOptions.MaxAttempts), "10", "10" },
            { nameof(WebhookReceiverOptions.MaxBodyBytes), "1,048,576 (1 MiB)", "1 MiB" },
            { nameof(WebhookReceiverOptions.Tolerance), "300 seconds", "300 s" },
        };

    [Theory]
    [MemberData(nameof(Defaults))]
    public void Code_comment_and_page_agree(string option, string inComment, string onPage) =>
        Compare(new NodeClientOptions(), "configuration.md", option, inComment, onPage);

    [Theory]
    [MemberData(nameof(ReceiverDefaults))]
    public void Code_comment_and_page_agree_for_receivers(string option, string inComment, string onPage) =>
        Compare(new WebhookReceiverOptions(), "webhooks.md", option, inComment, onPage);

    [Theory]
    [InlineData(typeof(NodeClientOptions), "configuration.md")]
    [InlineData(typeof(WebhookReceiverOptions), "webhooks.md")]
    public void Every_option_is_documented_on_the_page(Type options, string page)
    {
        var text = ReadPage(page);

        // Configuration binders use a hidden property for a section; the page documents the option itself.
        var documented = options.GetProperties().Where(option => option.PropertyType != typeof(IConfigurationSection));
        Assert.All(documented, option => Assert.Contains($"| `{option.Name}` |", text, StringComparison.Ordinal));
    }

    private static void Compare(object options, string page, string option, string inComment, string onPage)
    {
        var value = options.GetType().GetProperty(option)!.GetValue(options);
        var inCode = value switch
        {
            TimeSpan time when time >= TimeSpan.FromDays(1) => $"{time.TotalDays} d",
            TimeSpan time => $"{time.TotalSeconds} s",
            int number and >= 1024 => $"{number / 1024 / 1024} MiB",
            _ => Convert.ToString(value, CultureInfo.InvariantCulture),
        };

        Assert.Equal(onPage, inCode);
        Assert.Contains($"The default is {inComment}", ReadSummary(options.GetType(), option), StringComparison.Ordinal);
        Assert.Contains($"| `{option}` | {onPage} |", ReadPage(page), StringComparison.Ordinal);
    }

    private static string ReadPage(string page) => File.ReadAllText(Path.Combine(Command.RepositoryRoot, "docs", page));

    private static string ReadSummary(Type options, string option)
    {
        var comments = XDocument.Load(Path.Combine(AppContext.BaseDirectory, "NodeData.Sdk.xml"));
        var member = comments.Descendants("member").Single(member => (string?)member.Attribute("name") == $"P:{options.FullName}.{option}");
        return WhiteSpace().Replace(member.Element("summary")!.Value, " ");
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();
}
