using System.Diagnostics;
using NodeData.Cli.Tests.Doubles;

namespace NodeData.Cli.Tests.Scan.Diffs;

public sealed class ScanHistoryTests
{
    [Fact]
    public async Task The_commit_that_introduced_a_secret_is_reported_once()
    {
        using var tool = new Tool();
        var git = await GitRepository.CreateAsync(tool);
        var key = TestSecrets.CreateLiveKey();
        await git.CommitAsync("a.txt", "a\n");
        var introducing = await git.CommitAsync("dir/b c.txt", $"1\n2\n3 {key}");
        await git.CommitAsync("dir/b c.txt", $"0\n1\n2\n3 {key}\n4\n");
        await git.CommitAsync("dir/b c.txt", $"0\n1\n2\n3 {key} edited\n4\n");
        await git.RunAsync("mv", "dir/b c.txt", "d.txt");
        await git.CommitAsync();
        await git.RunAsync("rm", "--quiet", "d.txt");
        await git.CommitAsync();

        Assert.Empty(await ScanOutput.ScanAsync(tool));
        Assert.Equal([$"{introducing}|dir/b c.txt:3:3 live-key"], await ScanOutput.ScanAsync(tool, "--history"));
    }

    [Fact]
    public async Task The_first_commit_branches_tags_stashes_and_messages_are_scanned_oldest_first()
    {
        using var tool = new Tool();
        var git = await GitRepository.CreateAsync(tool);
        var first = await git.CommitAsync("a.txt", TestSecrets.CreateLiveKey());
        await git.RunAsync("switch", "--quiet", "--create", "side");
        var side = await git.CommitAsync("b.txt", TestSecrets.CreateTestKey());
        await git.RunAsync("switch", "--quiet", "--detach");
        var tagged = await git.CommitAsync("c.txt", TestSecrets.CreateWebhookSecret(), $"Subject\n\nbody {TestSecrets.CreateTestKey()}");
        await git.RunAsync("tag", "--annotate", "--message", $"tag {TestSecrets.CreateLiveKey()}", "v1");
        await git.RunAsync("switch", "--quiet", "main");
        foreach (var name in (string[])["stash1.txt", "stash2.txt"])
        {
            git.Write(name, TestSecrets.CreateLiveKey());
            await git.RunAsync("stash", "--quiet", "--include-untracked");
        }

        var findings = await ScanOutput.ScanAsync(tool, "--history");

        Assert.InRange(
            Array.IndexOf(findings, $"{first}|a.txt:1:1 live-key"),
            0,
            Array.IndexOf(findings, $"{tagged}|c.txt:1:1 webhook-secret") - 1
        );
        Assert.Contains($"{side}|b.txt:1:1 test-key", findings);
        Assert.Contains($"{tagged}|:3:6 test-key", findings);
        Assert.Contains($"{await git.RunAsync("rev-parse", "v1")}|:1:5 live-key", findings);
        Assert.Contains(findings, finding => finding.EndsWith("|stash1.txt:1:1 live-key", StringComparison.Ordinal));
        Assert.Contains(findings, finding => finding.EndsWith("|stash2.txt:1:1 live-key", StringComparison.Ordinal));
        Assert.Equal(7, findings.Length);
    }

    [Fact]
    public async Task A_merge_introduces_what_none_of_its_parents_had()
    {
        using var tool = new Tool();
        var git = await GitRepository.CreateAsync(tool);
        await git.CommitAsync("a.txt", "a\n");
        await git.RunAsync("switch", "--quiet", "--create", "side");
        var side = await git.CommitAsync("b.txt", TestSecrets.CreateTestKey());
        await git.RunAsync("switch", "--quiet", "main");
        await git.CommitAsync("c.txt", "c\n");
        await git.RunAsync("merge", "--quiet", "--no-commit", "side");
        git.Write("a.txt", $"a\n{TestSecrets.CreateLiveKey()}\n");
        git.Write("new.txt", $"1\n2 {TestSecrets.CreateWebhookSecret()}\n");
        git.Write("new.bin", $"\0{TestSecrets.CreateLiveKey()}");
        var merge = await git.CommitAsync();

        Assert.Equal(
            new[]
            {
                $"{side}|b.txt:1:1 test-key",
                $"{merge}|a.txt:2:1 live-key",
                $"{merge}|new.txt:2:3 webhook-secret",
                $"{merge}|new.bin:1:2 live-key",
            }.Order(StringComparer.Ordinal),
            (await ScanOutput.ScanAsync(tool, "--history")).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task A_secret_that_a_binary_already_had_is_not_reported_again()
    {
        using var tool = new Tool();
        var git = await GitRepository.CreateAsync(tool);
        var key = TestSecrets.CreateLiveKey();
        var introducing = await git.CommitAsync("a.bin", $"\0{key}\0");
        await git.CommitAsync("a.bin", $"\0{key}\0more");

        Assert.Equal([$"{introducing}|a.bin:1:2 live-key"], await ScanOutput.ScanAsync(tool, "--history"));
    }

    [Fact]
    public async Task With_a_path_a_side_branch_that_removed_the_secret_is_included()
    {
        using var tool = new Tool();
        var git = await GitRepository.CreateAsync(tool);
        await git.CommitAsync("a/a.txt", "a\n");
        await git.RunAsync("switch", "--quiet", "--create", "side");
        var introducing = await git.CommitAsync("a/a.txt", $"{TestSecrets.CreateLiveKey()}\n");
        await git.CommitAsync("a/a.txt", "a\n");
        await git.RunAsync("switch", "--quiet", "main");
        await git.CommitAsync("other.txt", TestSecrets.CreateLiveKey());
        await git.RunAsync("merge", "--quiet", "--no-edit", "side");

        Assert.Equal([$"{introducing}|a/a.txt:1:1 live-key"], await ScanOutput.ScanAsync(tool, "--history", "a"));
    }

    [Fact]
    public async Task A_shallow_clone_is_reported_as_incomplete()
    {
        using var tool = new Tool();
        var git = await GitRepository.CreateAsync(tool);
        await git.CommitAsync("a.txt", "a\n");
        await git.CommitAsync("a.txt", "b\n");
        await git.RunAsync("clone", "--quiet", "--depth", "1", $"file://{tool.Folder}", "shallow");

        var start = tool.CreateStartInfo(Tool.Program, "scan", "--history");
        start.WorkingDirectory = tool.GetPath("shallow");
        using var process = Process.Start(start)!;
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(5, process.ExitCode);
        Assert.Contains("git fetch --unshallow", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_a_terminal_the_progress_counts_the_commits()
    {
        using var tool = new Tool();
        var git = await GitRepository.CreateAsync(tool);
        await git.CommitAsync("a.txt", TestSecrets.CreateLiveKey());

        var output = (await tool.RunInTerminalAsync(["scan", "--history"])).RequireExitCode(4).Output;

        Assert.Contains("of 1 commits", output, StringComparison.Ordinal);
        Assert.Contains("COMMIT", output, StringComparison.Ordinal);
        Assert.Contains("a.txt", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interrupted_scan_reports_its_progress_and_stops_git()
    {
        using var tool = new Tool();
        var git = await GitRepository.CreateAsync(tool);
        await git.CommitAsync("a.txt", "a\n");
        // A fake git whose log does not end.
        var slow = Directory.CreateDirectory(tool.GetPath(".git/slow")).FullName;
        Script.Write(
            Path.Combine(slow, "git"),
            $"""
            #!/bin/sh
            case "$*" in *" log "*) echo $$ >'{slow}/id'; printf '\0abc\nmessage\n\0\n'; exec sleep 600 ;; esac
            exec /usr/bin/git "$@"

            """
        );
        tool.Variables["PATH"] = $"{slow}:{tool.Variables["PATH"]}";

        await using var session = ToolSession.StartInTerminal(tool, "scan", "--history");
        await session.WaitForAsync("1 of 1 commits");
        await session.TypeAsync("\u0003");

        Assert.Equal(130, await session.WaitForExitAsync());
        Assert.Contains("Interrupted after 1 commits", session.Output, StringComparison.Ordinal);
        var id = await File.ReadAllTextAsync(Path.Combine(slow, "id"), TestContext.Current.CancellationToken);
        Assert.False(Directory.Exists($"/proc/{id.Trim()}"));
    }
}
