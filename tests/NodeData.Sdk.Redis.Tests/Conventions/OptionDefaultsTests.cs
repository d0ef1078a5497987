using System.Xml.Linq;
using NodeData.Sdk.Redis.Tests.Doubles;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Redis.Tests.Conventions;

/// <summary>Tests that each default is the same in the code, in the doc comment and in the guide.</summary>
public sealed class OptionDefaultsTests
{
    [Theory]
    [InlineData(nameof(RedisWebhookClaimStoreOptions.ConnectionString), "none", "none")]
    [InlineData(nameof(RedisWebhookClaimStoreOptions.KeyPrefix), "nodedata:webhooks:", "`nodedata:webhooks:`")]
    [InlineData(nameof(RedisWebhookClaimStoreOptions.CallTimeout), "2 seconds", "2 s")]
    public void Code_doc_comment_and_guide_have_the_same_default(string option, string inComment, string onPage)
    {
        var value = typeof(RedisWebhookClaimStoreOptions).GetProperty(option)!.GetValue(new RedisWebhookClaimStoreOptions());
        var inCode = value switch
        {
            null => "none",
            TimeSpan time => $"{time.TotalSeconds} s",
            _ => $"`{value}`",
        };

        Assert.Equal(onPage, inCode);
        Assert.Contains($"default is {inComment}.", GetSummary(option), StringComparison.Ordinal);
        Assert.Contains($"| `NodeData:Webhooks:Redis:{option}` | {onPage} |", File.ReadAllText(Guide.Path), StringComparison.Ordinal);
    }

    private static string GetSummary(string option) =>
        XDocument
            .Load(Path.Combine(AppContext.BaseDirectory, "NodeData.Sdk.Redis.xml"))
            .Descendants("member")
            .Single(member => (string?)member.Attribute("name") == $"P:NodeData.Sdk.Webhooks.RedisWebhookClaimStoreOptions.{option}")
            .Element("summary")!
            .Value;
}
