using NodeData.Cli.Tests.Doubles;

namespace NodeData.Cli.Tests.Scan.Ignoring;

public sealed class IgnoreTests
{
    private const string FileName = ".node-data-ignore";

    [Fact]
    public async Task An_added_secret_is_ignored_at_every_location_and_a_new_one_is_not()
    {
        using var tool = new Tool();
        var git = await GitRepository.CreateAsync(tool);
        var (ignored, found) = (TestSecrets.CreateLiveKey(), TestSecrets.CreateLiveKey());
        await git.CommitAsync("a.txt", ignored);
        (await tool.RunAsync("scan", "--add-ignores", "test data")).RequireExitCode(0).RequireError("1 ignore added", FileName);

        git.Write("a.txt", $"moved\n{ignored}\n{found}\n");
        git.Write("b.txt", ignored);

        Assert.Equal(["|a.txt:3:1 live-key"], await ScanOutput.ScanAsync(tool));
        Assert.Empty(await ScanOutput.ScanAsync(tool, "--history"));
        var text = await File.ReadAllTextAsync(tool.GetPath(FileName), TestContext.Current.CancellationToken);
        Assert.DoesNotContain(ignored, text, StringComparison.Ordinal);
        Assert.Matches("(?m)^salt [0-9a-f]{32}$", text);
        Assert.Matches("(?m)^[0-9a-f]{64} live-key test data$", text);
    }

    [Fact]
    public async Task The_salt_makes_two_files_differ_and_adding_keeps_comments()
    {
        using var tool = new Tool();
        var key = TestSecrets.CreateLiveKey();
        await File.WriteAllTextAsync(tool.GetPath("a.txt"), key, TestContext.Current.CancellationToken);
        await tool.RunAsync("scan", "--add-ignores", "one");
        var first = await File.ReadAllLinesAsync(tool.GetPath(FileName), TestContext.Current.CancellationToken);
        File.Delete(tool.GetPath(FileName));
        await tool.RunAsync("scan", "--add-ignores", "one");
        var second = await File.ReadAllLinesAsync(tool.GetPath(FileName), TestContext.Current.CancellationToken);
        Assert.NotEqual(first[^1], second[^1]);

        await File.WriteAllLinesAsync(tool.GetPath(FileName), ["# ours", .. second], TestContext.Current.CancellationToken);
        await File.AppendAllTextAsync(tool.GetPath("a.txt"), $"\n{TestSecrets.CreateTestKey()}", TestContext.Current.CancellationToken);
        (await tool.RunAsync("scan", "--add-ignores", "two")).RequireExitCode(0);

        var third = await File.ReadAllLinesAsync(tool.GetPath(FileName), TestContext.Current.CancellationToken);
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
    public async Task Only_complete_scans_report_unused_ignores()
    {
        using var tool = new Tool();
        var git = await GitRepository.CreateAsync(tool);
        git.Write("a.txt", TestSecrets.CreateLiveKey());
        git.Write("dir/b.txt", "b");
        await tool.RunAsync("scan", "--add-ignores", "removed soon");
        git.Write("a.txt", "clean");

        (await tool.RunAsync("scan")).RequireExitCode(0).RequireError("matched nothing", "removed soon");
        Assert.Equal(
            "removed soon",
            Assert
                .Single((await tool.RunAsync("scan", "--json")).Json.GetProperty("unused_ignores").EnumerateArray())
                .GetProperty("reason")
                .GetString()
        );
        Assert.Empty((await tool.RunAsync("scan", "--staged")).RequireExitCode(0).Error);
        Assert.Empty((await tool.RunAsync("scan", "dir")).RequireExitCode(0).Error);
    }

    [Fact]
    public async Task An_allow_comment_suppresses_a_finding_and_is_counted()
    {
        using var tool = new Tool();
        await File.WriteAllTextAsync(
            tool.GetPath("a.txt"),
            $"{TestSecrets.CreateLiveKey()} // node-data:allow",
            TestContext.Current.CancellationToken
        );

        var result = (await tool.RunAsync("scan", "--json")).RequireExitCode(0);

        Assert.Equal(1, result.Json.GetProperty("allowed").GetInt32());
    }

    [Theory]
    [InlineData("0123")]
    [InlineData("salt 0123")]
    [InlineData("salt 00112233445566778899aabbccddeeff\nsalt 00112233445566778899aabbccddeeff")]
    [InlineData("<<<<<<< HEAD")]
    public async Task An_invalid_file_is_reported_with_its_line(string text)
    {
        using var tool = new Tool();
        await File.WriteAllTextAsync(tool.GetPath(FileName), $"# x\n{text}\n", TestContext.Current.CancellationToken);

        (await tool.RunAsync("scan")).RequireExitCode(2).RequireError(FileName, $"line {1 + text.Split('\n').Length} ");
    }

    [Fact]
    public async Task A_reason_is_required()
    {
        using var tool = new Tool();
        (await tool.RunAsync("scan", "--add-ignores", " ")).RequireExitCode(2).RequireError("needs a reason");
        Assert.False(File.Exists(tool.GetPath(FileName)));
    }
}
