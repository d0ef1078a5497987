using NodeData.Cli.Tests.Doubles;

namespace NodeData.Cli.Tests.Scan.Reports;

public sealed class ReportsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sarif_has_the_required_members()
    {
        using var tool = new Tool();
        var git = await GitRepository.CreateAsync(tool);
        var key = TestSecrets.CreateLiveKey();
        git.Write("a b/é.txt", $"\n\n  {key}\n{key}");

        var log = (await tool.RunAsync("scan", "--format", "sarif")).RequireExitCode(4).Json;

        Assert.Equal("2.1.0", log.GetProperty("version").GetString());
        Assert.Contains("sarif-2.1.0", log.GetProperty("$schema").GetString(), StringComparison.Ordinal);
        var run = Assert.Single(log.GetProperty("runs").EnumerateArray());
        var driver = run.GetProperty("tool").GetProperty("driver");
        Assert.Equal("node-data scan", driver.GetProperty("name").GetString());
        var results = run.GetProperty("results").EnumerateArray().ToList();
        Assert.Equal(2, results.Count);
        foreach (var result in results)
        {
            Assert.Equal("live-key", result.GetProperty("ruleId").GetString());
            Assert.Equal("live-key", driver.GetProperty("rules")[result.GetProperty("ruleIndex").GetInt32()].GetProperty("id").GetString());
            Assert.Equal("warning", result.GetProperty("level").GetString());
            Assert.Contains(
                TestSecrets.GetHint(key),
                result.GetProperty("message").GetProperty("text").GetString(),
                StringComparison.Ordinal
            );
            Assert.Equal(64, result.GetProperty("partialFingerprints").GetProperty("nodeDataSecret/v1").GetString()!.Length);
        }

        var location = results[0].GetProperty("locations")[0].GetProperty("physicalLocation");
        Assert.Equal("a%20b/%C3%A9.txt", location.GetProperty("artifactLocation").GetProperty("uri").GetString());
        Assert.Equal(3, location.GetProperty("region").GetProperty("startLine").GetInt32());
        Assert.Equal(3, location.GetProperty("region").GetProperty("startColumn").GetInt32());
    }

    [Fact]
    public async Task Sarif_without_findings_is_complete()
    {
        using var tool = new Tool();
        var run = (await tool.RunAsync("scan", "--format", "sarif")).RequireExitCode(0).Json.GetProperty("runs")[0];
        Assert.Empty(run.GetProperty("results").EnumerateArray());
    }

    [Fact]
    public async Task Annotations_escape_delimiters()
    {
        using var tool = new Tool();
        var key = TestSecrets.CreateLiveKey();
        await File.WriteAllTextAsync(tool.GetPath("a,b:c%\n.txt"), $"\n{key}", Token);

        var line = Assert.Single((await tool.RunAsync("scan", "--format", "github")).RequireExitCode(4).Lines);

        Assert.StartsWith("::warning file=a%2Cb%3Ac%25%0A.txt,line=2,col=1,title=Live-mode API key::", line, StringComparison.Ordinal);
        Assert.Contains(TestSecrets.GetHint(key), line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_in_a_terminal_has_headings_and_no_control_sequences()
    {
        using var tool = new Tool();
        await File.WriteAllTextAsync(tool.GetPath("a\e[31mred.txt"), TestSecrets.CreateLiveKey(), Token);

        var output = (await tool.RunInTerminalAsync(["scan"])).RequireExitCode(4).Output;

        Assert.Contains("PATH", output, StringComparison.Ordinal);
        Assert.Contains("HINT", output, StringComparison.Ordinal);
        Assert.DoesNotContain("a\e[31mred", output, StringComparison.Ordinal);
        File.Delete(tool.GetPath("a\e[31mred.txt"));
        Assert.Contains(
            "No secrets were found.",
            (await tool.RunInTerminalAsync(["scan"])).RequireExitCode(0).Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task No_format_and_no_error_shows_a_secret()
    {
        using var tool = new Tool();
        var git = await GitRepository.CreateAsync(tool);
        string[] secrets = [TestSecrets.CreateLiveKey(), TestSecrets.CreateTestKey(), TestSecrets.CreateWebhookSecret()];
        // In text, in a commit message, in a binary file and in a file name.
        await git.CommitAsync("a.txt", string.Join('\n', secrets), $"Say {secrets[0]}");
        git.Write("b.bin", $"\0{secrets[1]}\0{secrets[2]}");
        git.Write($"named {secrets[0]}.txt", secrets[1]);
        await git.RunAsync("add", ".");
        tool.Variables["NODE_DATA_BASE_URL"] = "http://127.0.0.1:9";

        foreach (
            var mode in (string[][])
                [
                    [],
                    ["--staged"],
                    ["--history"],
                ]
        )
        {
            foreach (var format in (string[])["table", "json", "sarif", "github"])
            {
                string[] arguments = ["scan", .. mode, "--format", format, "--verify", "--verbose"];
                var piped = (await tool.RunAsync(arguments)).RequireExitCode(4);
                var shown = (await tool.RunInTerminalAsync(arguments)).RequireExitCode(4);
                Assert.All(
                    secrets,
                    secret => Assert.DoesNotContain(secret, piped.Output + piped.Error + shown.Output, StringComparison.Ordinal)
                );
            }
        }

        var ignored = (await tool.RunAsync("scan", "--history", "--add-ignores", "test data")).RequireExitCode(0);
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, ignored.Output + ignored.Error, StringComparison.Ordinal));
    }
}
