using System.Xml.Linq;
using NodeData.Sdk.Tests.Doubles;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Tests.Webhooks.Receiving.Database;

/// <summary>Tests that the guide describes the table and its options as the code has them.</summary>
public sealed class DatabaseOptionDefaultsTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Command.RepositoryRoot, "docs", "webhooks-stores.md"));

    [Theory]
    [InlineData(nameof(DbWebhookClaimStoreOptions.TableName), "webhook_claims", "`webhook_claims`")]
    [InlineData(nameof(DbWebhookClaimStoreOptions.CommandTimeout), "5 seconds", "5 s")]
    public void Code_doc_comment_and_guide_have_the_same_default(string option, string inComment, string onPage)
    {
        var value = typeof(DbWebhookClaimStoreOptions).GetProperty(option)!.GetValue(new DbWebhookClaimStoreOptions());

        Assert.Equal(onPage, value is TimeSpan time ? $"{time.TotalSeconds} s" : $"`{value}`");
        Assert.Contains($"default is {inComment}.", GetSummary(option), StringComparison.Ordinal);
        Assert.Contains($"| `{option}` | {onPage} |", Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_table_in_the_guide_is_the_table_that_is_created()
    {
        using var created = new DatabaseFile();
        await new DbWebhookClaimStore(created.Source).EnsureCreatedAsync(TestContext.Current.CancellationToken);
        using var copied = new DatabaseFile();
        var start = Page.IndexOf("CREATE TABLE", StringComparison.Ordinal);
        copied.Execute(Page[start..Page.IndexOf("```", start, StringComparison.Ordinal)]);

        Assert.Equal(GetColumns(created), GetColumns(copied));
        Assert.Equal(1, copied.QueryNumber("SELECT COUNT(*) FROM sqlite_master WHERE name = 'webhook_claims_expires'"));
    }

    private static List<string> GetColumns(DatabaseFile database)
    {
        using var command = database.Source.CreateCommand(
            "SELECT name || ' ' || type || ' ' || \"notnull\" || ' ' || pk FROM pragma_table_info('webhook_claims')"
        );
        using var reader = command.ExecuteReader();
        var columns = new List<string>();
        while (reader.Read())
        {
            columns.Add(reader.GetString(0));
        }

        return columns;
    }

    private static string GetSummary(string option) =>
        XDocument
            .Load(Path.Combine(AppContext.BaseDirectory, "NodeData.Sdk.xml"))
            .Descendants("member")
            .Single(member => (string?)member.Attribute("name") == $"P:NodeData.Sdk.Webhooks.DbWebhookClaimStoreOptions.{option}")
            .Element("summary")!
            .Value;
}
