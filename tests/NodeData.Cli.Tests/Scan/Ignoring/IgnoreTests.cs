using NodeData.Cli.Tests.Doubles;

namespace NodeData.Cli.Tests.Scan.Ignoring;

public sealed class IgnoreTests
{
    private const string FileName = ".node-data-ignore";

    [Fact]
    public async Task What_was_added_is_ignored_wherever_it_stands_and_a_new_secret_is_not()
    {
        using var tool = new Tool();
        var git = await GitFolder.InAsync(tool);
        var (ignored, found) = (MadeUp.LiveKey(), MadeUp.LiveKey());
        await git.CommitAsync("a.txt", ignored);
        (await tool.RunAsync("scan", "--add-ignores", "made up for tests")).Requires(0).Says("1 ignore added", FileName);

        git.Write("a.txt", $"moved\n{ignored}\n{found}\n");
        git.Write("b.txt", ignored);

        Assert.Equal(["|a.txt:3:1 live-key"], await ScanOutput.ScanAsync(tool));
        Assert.Empty(await ScanOutput.ScanAsync(tool, "--history"));
        var text = await File.ReadAllTextAsync(tool.PathOf(FileName), TestContext.Current.CancellationToken);
        Assert.DoesNotContain(ignored, text, StringComparison.Ordinal);
        Assert.Matches("(?m)^salt [0-9a-f]{32}$", text);
        Assert.Matches("(?m)^[0-9a-f]{64} live-key made up for tests$", text);
    }

    [Fact]
    public async Task The_salt_makes_two_files_differ_and_adding_keeps_what_people_wrote()
    {
        using var tool = new Tool();
        var key = MadeUp.LiveKey();
        await File.WriteAllTextAsync(tool.PathOf("a.txt"), key, TestContext.Current.CancellationToken);
        await tool.RunAsync("scan", "--add-ignores", "one");
        var first = await File.ReadAllLinesAsync(tool.PathOf(FileName), TestContext.Current.CancellationToken);
        File.Delete(tool.PathOf(FileName));
        await tool.RunAsync("scan", "--add-ignores", "one");
        var second = await File.ReadAllLinesAsync(tool.PathOf(FileName), TestContext.Current.CancellationToken);
        Assert.NotEqual(first[^1], second[^1]);

        await File.WriteAllLinesAsync(tool.PathOf(FileName), ["# ours", .. second], TestContext.Current.CancellationToken);
        await File.AppendAllTextAsync(tool.PathOf("a.txt"), $"\n{MadeUp.TestKey()}", TestContext.Current.CancellationToken);
        (await tool.RunAsync("scan", "--add-ignores", "two")).Requires(0);

        var third = await File.ReadAllLinesAsync(tool.PathOf(FileName), TestContext.Current.CancellationToken);
        Assert.Equal("# ours", third[0]);
        Assert.Contains(second[^1], third);
        var hashes = third
            .Where(line => line.Length > 64)
            .Select(line => line[..64])
            .Where(hash => hash.All(char.IsAsciiHexDigit))
            .ToList();
        Assert.Equal(2, hashes.Count);
        Assert.Equal(hashes.Order(StringComparer.Ordinal), hashes);
    }

    [Fact]
    public async Task An_unused_ignore_is_reported_by_whole_scans_alone()
    {
        using var tool = new Tool();
        var git = await GitFolder.InAsync(tool);
        git.Write("a.txt", MadeUp.LiveKey());
        git.Write("dir/b.txt", "b");
        await tool.RunAsync("scan", "--add-ignores", "gone soon");
        git.Write("a.txt", "clean");

        (await tool.RunAsync("scan")).Requires(0).Says("took nothing out", "gone soon");
        Assert.Equal(
            "gone soon",
            Assert
                .Single((await tool.RunAsync("scan", "--json")).Json.GetProperty("unused_ignores").EnumerateArray())
                .GetProperty("reason")
                .GetString()
        );
        Assert.Empty((await tool.RunAsync("scan", "--staged")).Requires(0).Error);
        Assert.Empty((await tool.RunAsync("scan", "dir")).Requires(0).Error);
    }

    [Fact]
    public async Task A_permission_in_the_line_counts_and_is_counted()
    {
        using var tool = new Tool();
        await File.WriteAllTextAsync(tool.PathOf("a.txt"), $"{MadeUp.LiveKey()} // node-data:allow", TestContext.Current.CancellationToken);

        var result = (await tool.RunAsync("scan", "--json")).Requires(0);

        Assert.Equal(1, result.Json.GetProperty("allowed").GetInt32());
    }

    [Theory]
    [InlineData("0123")]
    [InlineData("salt 0123")]
    [InlineData("salt 00112233445566778899aabbccddeeff\nsalt 00112233445566778899aabbccddeeff")]
    [InlineData("<<<<<<< HEAD")]
    public async Task A_broken_file_is_named_with_its_line(string text)
    {
        using var tool = new Tool();
        await File.WriteAllTextAsync(tool.PathOf(FileName), $"# x\n{text}\n", TestContext.Current.CancellationToken);

        (await tool.RunAsync("scan")).Requires(2).Says(FileName, $"line {1 + text.Split('\n').Length} ");
    }

    [Fact]
    public async Task A_reason_is_asked_for()
    {
        using var tool = new Tool();
        (await tool.RunAsync("scan", "--add-ignores", " ")).Requires(2).Says("needs a reason");
        Assert.False(File.Exists(tool.PathOf(FileName)));
    }
}
