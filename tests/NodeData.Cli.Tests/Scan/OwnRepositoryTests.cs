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
    public async Task This_repository_contains_no_secrets()
    {
        using var tool = new Tool();
        var start = tool.CreateStartInfo(Tool.Program, "scan", Command.RepositoryRoot);
        start.WorkingDirectory = Command.RepositoryRoot;
        var result = await Tool.RunAsync(start);

        Assert.True(
            result.ExitCode == 0,
            $"This repository contains secrets. Create test secrets at run time (MadeUp); for fixed ones, run node-data scan --add-ignores REASON.\n{result.Output}{result.Error}"
        );
    }

    [Fact]
    public async Task Secrets_in_the_documentation_match_the_list_of_placeholders()
    {
        var documents = Directory
            .GetFiles(Path.Combine(Command.RepositoryRoot, "docs"), "*.md", SearchOption.AllDirectories)
            .Concat(Directory.GetFiles(Command.RepositoryRoot, "*.md"))
            .Concat(Directory.GetFiles(Path.Combine(Command.RepositoryRoot, "samples"), "*", SearchOption.AllDirectories).Where(IsSource));
        var text = new StringBuilder();
        foreach (var document in documents)
        {
            text.AppendLine(await File.ReadAllTextAsync(document, Token));
        }

        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text.ToString()));
        Assert.Empty(new StreamSearch(stream).Find(Token).Select(found => found.Secret.Secret.Hint));
        var placeholders = (await File.ReadAllLinesAsync(Path.Combine(Command.RepositoryRoot, "docs", "placeholders.txt"), Token))
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
