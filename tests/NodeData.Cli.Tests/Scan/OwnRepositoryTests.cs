using System.Text;
using NodeData.Cli.Scan.Searching;
using NodeData.Cli.Secrets;
using NodeData.Cli.Tests.Doubles;
using NodeData.Sdk.Tpm.Tests.Doubles;

namespace NodeData.Cli.Tests.Scan;

public sealed class OwnRepositoryTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task This_repository_scans_clean()
    {
        using var tool = new Tool();
        var start = tool.StartOf(Tool.Program, "scan", Command.Repository);
        start.WorkingDirectory = Command.Repository;
        var result = await Tool.RunAsync(start);

        Assert.True(
            result.ExitCode == 0,
            $"Secrets stand in this repository. Make test secrets at run time (Doubles/MadeUp), or, where they must be fixed: node-data scan --add-ignores REASON.\n{result.Output}{result.Error}"
        );
    }

    [Fact]
    public async Task Every_secret_in_the_documentation_is_a_placeholder_of_the_list_and_the_list_holds_no_other()
    {
        var documents = Directory
            .GetFiles(Path.Combine(Command.Repository, "docs"), "*.md", SearchOption.AllDirectories)
            .Concat(Directory.GetFiles(Command.Repository, "*.md"))
            .Concat(Directory.GetFiles(Path.Combine(Command.Repository, "samples"), "*", SearchOption.AllDirectories).Where(IsSource));
        var text = new StringBuilder();
        foreach (var document in documents)
        {
            text.AppendLine(await File.ReadAllTextAsync(document, Token));
        }

        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text.ToString()));
        Assert.Empty(new StreamSearch(stream).Find(Token).Select(found => found.Secret.Secret.Hint));
        var placeholders = (await File.ReadAllLinesAsync(Path.Combine(Command.Repository, "docs", "placeholders.txt"), Token))
            .Where(line => line[0] != '#')
            .ToList();
        Assert.Equal(placeholders.Order(StringComparer.Ordinal).Distinct(), placeholders);
        Assert.All(placeholders, placeholder => Assert.True(Placeholders.Contains(placeholder)));
        Assert.All(
            placeholders.Where(placeholder => placeholder != "nd_live_oldkey1234"),
            placeholder => Assert.Contains(placeholder, text.ToString(), StringComparison.Ordinal)
        );
    }

    private static bool IsSource(string path) =>
        !path.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
        && !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal);
}
