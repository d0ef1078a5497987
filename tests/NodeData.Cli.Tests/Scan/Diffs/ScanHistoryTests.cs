using System.Diagnostics;
using NodeData.Cli.Tests.Doubles;

namespace NodeData.Cli.Tests.Scan.Diffs;

public sealed class ScanHistoryTests
{
    [Fact]
    public async Task Names_the_commit_that_brought_a_secret_in_once()
    {
        using var tool = new Tool();
        var git = await GitFolder.InAsync(tool);
        var key = MadeUp.LiveKey();
        await git.CommitAsync("a.txt", "a\n");
        var guilty = await git.CommitAsync("dir/b c.txt", $"1\n2\n3 {key}");
        await git.CommitAsync("dir/b c.txt", $"0\n1\n2\n3 {key}\n4\n");
        await git.CommitAsync("dir/b c.txt", $"0\n1\n2\n3 {key} edited\n4\n");
        await git.RunAsync("mv", "dir/b c.txt", "d.txt");
        await git.CommitAsync();
        await git.RunAsync("rm", "--quiet", "d.txt");
        await git.CommitAsync();

        Assert.Empty(await ScanOutput.ScanAsync(tool));
        Assert.Equal([$"{guilty}|dir/b c.txt:3:3 live-key"], await ScanOutput.ScanAsync(tool, "--history"));
    }

    [Fact]
    public async Task The_first_commit_other_branches_tags_stashes_and_messages_count_oldest_first()
    {
        using var tool = new Tool();
        var git = await GitFolder.InAsync(tool);
        var first = await git.CommitAsync("a.txt", MadeUp.LiveKey());
        await git.RunAsync("switch", "--quiet", "--create", "side");
        var side = await git.CommitAsync("b.txt", MadeUp.TestKey());
        await git.RunAsync("switch", "--quiet", "--detach");
        var tagged = await git.CommitAsync("c.txt", MadeUp.WebhookSecret(), $"Subject\n\nbody {MadeUp.TestKey()}");
        await git.RunAsync("tag", "--annotate", "--message", $"tag {MadeUp.LiveKey()}", "v1");
        await git.RunAsync("switch", "--quiet", "main");
        foreach (var name in (string[])["stash1.txt", "stash2.txt"])
        {
            git.Write(name, MadeUp.LiveKey());
            await git.RunAsync("stash", "--quiet", "--include-untracked");
        }

        var places = await ScanOutput.ScanAsync(tool, "--history");

        Assert.InRange(
            Array.IndexOf(places, $"{first}|a.txt:1:1 live-key"),
            0,
            Array.IndexOf(places, $"{tagged}|c.txt:1:1 webhook-secret") - 1
        );
        Assert.Contains($"{side}|b.txt:1:1 test-key", places);
        Assert.Contains($"{tagged}|:3:6 test-key", places);
        Assert.Contains($"{await git.RunAsync("rev-parse", "v1")}|:1:5 live-key", places);
        Assert.Contains(places, place => place.EndsWith("|stash1.txt:1:1 live-key", StringComparison.Ordinal));
        Assert.Contains(places, place => place.EndsWith("|stash2.txt:1:1 live-key", StringComparison.Ordinal));
        Assert.Equal(7, places.Length);
    }

    [Fact]
    public async Task A_merge_brings_in_what_none_of_its_parents_had()
    {
        using var tool = new Tool();
        var git = await GitFolder.InAsync(tool);
        await git.CommitAsync("a.txt", "a\n");
        await git.RunAsync("switch", "--quiet", "--create", "side");
        var side = await git.CommitAsync("b.txt", MadeUp.TestKey());
        await git.RunAsync("switch", "--quiet", "main");
        await git.CommitAsync("c.txt", "c\n");
        await git.RunAsync("merge", "--quiet", "--no-commit", "side");
        git.Write("a.txt", $"a\n{MadeUp.LiveKey()}\n");
        git.Write("new.txt", $"1\n2 {MadeUp.WebhookSecret()}\n");
        git.Write("new.bin", $"\0{MadeUp.LiveKey()}");
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
    public async Task A_binary_that_held_it_before_does_not_bring_it_in_again()
    {
        using var tool = new Tool();
        var git = await GitFolder.InAsync(tool);
        var key = MadeUp.LiveKey();
        var guilty = await git.CommitAsync("a.bin", $"\0{key}\0");
        await git.CommitAsync("a.bin", $"\0{key}\0more");

        Assert.Equal([$"{guilty}|a.bin:1:2 live-key"], await ScanOutput.ScanAsync(tool, "--history"));
    }

    [Fact]
    public async Task With_a_path_a_side_branch_that_took_it_out_again_is_not_left_out()
    {
        using var tool = new Tool();
        var git = await GitFolder.InAsync(tool);
        await git.CommitAsync("a/a.txt", "a\n");
        await git.RunAsync("switch", "--quiet", "--create", "side");
        var guilty = await git.CommitAsync("a/a.txt", $"{MadeUp.LiveKey()}\n");
        await git.CommitAsync("a/a.txt", "a\n");
        await git.RunAsync("switch", "--quiet", "main");
        await git.CommitAsync("other.txt", MadeUp.LiveKey());
        await git.RunAsync("merge", "--quiet", "--no-edit", "side");

        Assert.Equal([$"{guilty}|a/a.txt:1:1 live-key"], await ScanOutput.ScanAsync(tool, "--history", "a"));
    }

    [Fact]
    public async Task A_shallow_clone_is_not_called_clean()
    {
        using var tool = new Tool();
        var git = await GitFolder.InAsync(tool);
        await git.CommitAsync("a.txt", "a\n");
        await git.CommitAsync("a.txt", "b\n");
        await git.RunAsync("clone", "--quiet", "--depth", "1", $"file://{tool.Folder}", "shallow");

        var start = tool.StartOf(Tool.Program, "scan", "--history");
        start.WorkingDirectory = tool.PathOf("shallow");
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
        var git = await GitFolder.InAsync(tool);
        await git.CommitAsync("a.txt", MadeUp.LiveKey());

        var output = (await tool.RunInTerminalAsync(["scan", "--history"])).Requires(4).Output;

        Assert.Contains("of 1 commits", output, StringComparison.Ordinal);
        Assert.Contains("COMMIT", output, StringComparison.Ordinal);
        Assert.Contains("a.txt", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Interrupted_it_says_how_far_it_came_and_leaves_no_git_behind()
    {
        using var tool = new Tool();
        var git = await GitFolder.InAsync(tool);
        await git.CommitAsync("a.txt", "a\n");
        // A git whose log does not come to its end.
        var slow = Directory.CreateDirectory(tool.PathOf(".git/slow")).FullName;
        Script.Write(
            Path.Combine(slow, "git"),
            $"""
            #!/bin/sh
            case "$*" in *" log "*) echo $$ >'{slow}/id'; printf '\0abc\nmessage\n\0\n'; exec sleep 600 ;; esac
            exec /usr/bin/git "$@"

            """
        );
        tool.Variables["PATH"] = $"{slow}:{tool.Variables["PATH"]}";

        await using var conversation = Conversation.InTerminal(tool, "scan", "--history");
        await conversation.WaitForAsync("1 of 1 commits");
        await conversation.TypeAsync("\u0003");

        Assert.Equal(130, await conversation.EndAsync());
        Assert.Contains("Interrupted after 1 commits", conversation.Output, StringComparison.Ordinal);
        var id = await File.ReadAllTextAsync(Path.Combine(slow, "id"), TestContext.Current.CancellationToken);
        Assert.False(Directory.Exists($"/proc/{id.Trim()}"));
    }
}
