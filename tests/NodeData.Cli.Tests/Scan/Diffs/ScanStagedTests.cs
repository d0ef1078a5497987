using System.Text;
using NodeData.Cli.Tests.Doubles;

namespace NodeData.Cli.Tests.Scan.Diffs;

public sealed class ScanStagedTests
{
    [Fact]
    public async Task The_staged_bytes_are_scanned_instead_of_the_files()
    {
        using var tool = new Tool();
        var git = await GitRepository.CreateAsync(tool);
        git.Write("staged.txt", $"one\n{TestSecrets.CreateLiveKey()}");
        await git.RunAsync("add", ".");
        git.Write("staged.txt", "one\n");
        git.Write("unstaged.txt", TestSecrets.CreateLiveKey());

        Assert.Equal(["|staged.txt:2:1 live-key"], await ScanOutput.ScanAsync(tool, "--staged"));
    }

    [Fact]
    public async Task A_secret_of_the_last_commit_is_not_reported_again()
    {
        using var tool = new Tool();
        var git = await GitRepository.CreateAsync(tool);
        var key = TestSecrets.CreateLiveKey();
        await git.CommitAsync("a.txt", $"1\n2\n{key}\n4\n");
        git.Write("a.txt", $"0\n1\n2\n4\nmoved {key}\n");
        await git.RunAsync("add", ".");
        Assert.Empty(await ScanOutput.ScanAsync(tool, "--staged"));

        git.Write("a.txt", $"0\n1\n2\n4\nmoved {key}\nagain {key}\n");
        await git.RunAsync("add", ".");
        Assert.Single(await ScanOutput.ScanAsync(tool, "--staged"));
    }

    [Fact]
    public async Task Unusual_names_renames_binaries_and_utf_16_are_supported()
    {
        using var tool = new Tool();
        var git = await GitRepository.CreateAsync(tool);
        await git.CommitAsync("old name.txt", string.Concat(Enumerable.Range(0, 40).Select(line => $"{line}\n")));
        await git.RunAsync("mv", "old name.txt", "new \"name\"\té.txt");
        await File.AppendAllTextAsync(
            tool.GetPath("new \"name\"\té.txt"),
            TestSecrets.CreateLiveKey(),
            TestContext.Current.CancellationToken
        );
        git.Write("b.bin", $"\0{TestSecrets.CreateWebhookSecret()}");
        git.Write(
            "sixteen é.txt",
            [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes($"\r\nk={TestSecrets.CreateTestKey()}")]
        );
        git.Write("+++ b/x\ny", $"++ b/x\n-- a/x\n{TestSecrets.CreateTestKey()}");
        git.Write(".gitattributes", "*.lock -diff\n");
        git.Write("p.lock", $"a\n{TestSecrets.CreateTestKey()}\n");
        await git.RunAsync("add", ".");

        Assert.Equal(
            [
                "|+++ b/x\ny:3:1 test-key",
                "|b.bin:1:2 webhook-secret",
                "|new \"name\"\té.txt:41:1 live-key",
                "|p.lock:2:1 test-key",
                "|sixteen é.txt:2:3 test-key",
            ],
            (await ScanOutput.ScanAsync(tool, "--staged")).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task Programs_in_the_configuration_of_the_repository_are_not_started()
    {
        using var tool = new Tool();
        var git = await GitRepository.CreateAsync(tool);
        var trap = tool.GetPath(".git/trap.sh");
        await File.WriteAllTextAsync(
            trap,
            $"#!/bin/sh\ntouch '{tool.GetPath(".git/sprung")}'\ncat \"$1\"\n",
            TestContext.Current.CancellationToken
        );
        File.SetUnixFileMode(trap, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        git.Write(".gitattributes", "*.txt diff=trap\n");
        await git.CommitAsync("a.txt", "a\n");
        git.Write("a.txt", TestSecrets.CreateLiveKey());
        await git.RunAsync("add", ".");
        foreach (
            var setting in (string[])
                ["diff.trap.textconv", "diff.trap.command", "diff.external", "core.fsmonitor", "core.pager", "pager.log"]
        )
        {
            await git.RunAsync("config", setting, trap);
        }

        foreach (var setting in (string[])["diff.noprefix", "diff.mnemonicPrefix", "log.showSignature"])
        {
            await git.RunAsync("config", setting, "true");
        }

        await git.RunAsync("config", "color.ui", "always");
        Assert.Single(await ScanOutput.ScanAsync(tool, "--staged"));
        Assert.Single(await ScanOutput.ScanAsync(tool));
        Assert.Empty(await ScanOutput.ScanAsync(tool, "--history"));
        Assert.False(File.Exists(tool.GetPath(".git/sprung")));
    }
}
