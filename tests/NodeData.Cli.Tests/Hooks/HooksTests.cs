using System.Text;
using NodeData.Cli.Tests.Doubles;

namespace NodeData.Cli.Tests.Hooks;

public sealed class HooksTests
{
    private const UnixFileMode Executable =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_installed_hook_stops_a_commit_with_a_secret_and_no_other()
    {
        using var tool = new Tool();
        var git = await GitFolder.InAsync(tool);
        (await tool.RunAsync("hooks", "install")).Requires(0);
        var key = MadeUp.LiveKey();
        git.Write("a.txt", key);
        await git.RunAsync("add", ".");

        var (exitCode, output, error) = await git.TryAsync("commit", "--message", "x");

        Assert.Equal(1, exitCode);
        Assert.Contains($"a.txt\t1\tlive-key\t{MadeUp.HintOf(key)}", output + error, StringComparison.Ordinal);
        git.Write("a.txt", "clean");
        await git.RunAsync("commit", "--all", "--message", "x");
    }

    [Fact]
    public async Task The_index_of_the_commit_counts_not_the_usual_one()
    {
        using var tool = new Tool();
        var git = await GitFolder.InAsync(tool);
        await git.CommitAsync("a.txt", "a\n");
        await git.CommitAsync("b.txt", "b\n");
        (await tool.RunAsync("hooks", "install")).Requires(0);

        // Staged by the commit itself.
        git.Write("a.txt", MadeUp.LiveKey());
        Assert.Equal(1, (await git.TryAsync("commit", "--all", "--message", "x")).ExitCode);

        // Staged, but not a part of this commit.
        await git.RunAsync("add", "a.txt");
        git.Write("b.txt", "changed");
        await git.RunAsync("commit", "--message", "x", "--", "b.txt");
        Assert.Equal(1, (await git.TryAsync("commit", "--message", "x", "--", "a.txt")).ExitCode);
    }

    [Fact]
    public async Task Without_the_tool_nothing_passes_silently()
    {
        using var tool = new Tool();
        var git = await GitFolder.InAsync(tool);
        (await tool.RunAsync("hooks", "install")).Requires(0);
        tool.Variables["PATH"] = Environment.GetEnvironmentVariable("PATH")!;

        var (exitCode, _, error) = await git.TryAsync("commit", "--allow-empty", "--message", "x");

        Assert.Equal(1, exitCode);
        Assert.Contains("git commit --no-verify", error, StringComparison.Ordinal);
        (await tool.RunAsync("hooks", "status")).Requires(1);
    }

    [Theory]
    [InlineData("#!/bin/sh\necho there >> ran\n")]
    [InlineData("#!/usr/bin/env bash\nset -e\necho there >> ran")]
    [InlineData("echo there >> ran\n")]
    [InlineData("#!/usr/bin/env python3\nopen('ran', 'a').write('there')\n")]
    [InlineData("#!/bin/sh")]
    [InlineData("#!/bin/sh\n")]
    [InlineData("")]
    public async Task A_hook_that_was_there_still_runs_and_comes_back_byte_for_byte(string script)
    {
        using var tool = new Tool();
        var git = await GitFolder.InAsync(tool);
        var hook = tool.PathOf(".git/hooks/pre-commit");
        var before = Encoding.UTF8.GetBytes(script);
        Script.Write(hook, before, Executable);

        (await tool.RunAsync("hooks", "install")).Requires(0);
        (await tool.RunAsync("hooks", "install")).Requires(0);
        Assert.False(File.Exists(tool.PathOf("ran")));
        await git.RunAsync("commit", "--quiet", "--allow-empty", "--message", "x");
        Assert.Equal(script.Contains("ran", StringComparison.Ordinal), File.Exists(tool.PathOf("ran")));
        git.Write("a.txt", MadeUp.LiveKey());
        await git.RunAsync("add", ".");
        Assert.Equal(1, (await git.TryAsync("commit", "--message", "x")).ExitCode);

        (await tool.RunAsync("hooks", "uninstall")).Requires(0);
        Assert.Equal(before, await File.ReadAllBytesAsync(hook, Token));
        Assert.Equal(Executable, File.GetUnixFileMode(hook));
        Assert.DoesNotContain(
            Directory.GetFiles(tool.PathOf(".git/hooks")),
            file => Path.GetFileName(file).Contains("node-data", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Links_and_binaries_come_back_too()
    {
        using var tool = new Tool();
        await GitFolder.InAsync(tool);
        var hook = tool.PathOf(".git/hooks/pre-commit");
        File.CreateSymbolicLink(hook, "/bin/true");

        (await tool.RunAsync("hooks", "install")).Requires(0);
        (await tool.RunAsync("hooks", "uninstall")).Requires(0);

        Assert.Equal("/bin/true", new FileInfo(hook).LinkTarget);
    }

    [Fact]
    public async Task A_hook_of_nothing_but_the_scan_goes_and_what_others_added_stays()
    {
        using var tool = new Tool();
        await GitFolder.InAsync(tool);
        var hook = tool.PathOf(".git/hooks/pre-commit");
        (await tool.RunAsync("hooks", "install")).Requires(0);
        await File.AppendAllTextAsync(hook, "echo more\n", Token);
        (await tool.RunAsync("hooks", "uninstall")).Requires(0);
        Assert.EndsWith("echo more\n", await File.ReadAllTextAsync(hook, Token), StringComparison.Ordinal);
        Assert.DoesNotContain("scan --staged", await File.ReadAllTextAsync(hook, Token), StringComparison.Ordinal);

        File.Delete(hook);
        (await tool.RunAsync("hooks", "install")).Requires(0);
        (await tool.RunAsync("hooks", "uninstall")).Requires(0);
        Assert.False(File.Exists(hook));
        Assert.Contains("no scan", (await tool.RunAsync("hooks", "uninstall")).Requires(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hook_that_is_turned_off_is_not_turned_on()
    {
        using var tool = new Tool();
        await GitFolder.InAsync(tool);
        await File.WriteAllTextAsync(tool.PathOf(".git/hooks/pre-commit"), "#!/bin/sh\nexit 1\n", Token);

        (await tool.RunAsync("hooks", "install")).Requires(2).Says("not executable", "chmod +x");
    }

    [Theory]
    [InlineData("my hooks", "my hooks/pre-commit")]
    [InlineData(".husky/_", ".husky/pre-commit")]
    public async Task Goes_where_core_hooksPath_leads(string folder, string expected)
    {
        using var tool = new Tool();
        var git = await GitFolder.InAsync(tool);
        await git.RunAsync("config", "core.hooksPath", folder);
        if (folder.StartsWith(".husky", StringComparison.Ordinal))
        {
            // As husky 9 lays it out.
            Directory.CreateDirectory(tool.PathOf(".husky/_"));
            Script.Write(tool.PathOf(".husky/_/pre-commit"), "#!/bin/sh\nsh -e \"$(dirname \"$0\")/../pre-commit\" \"$@\"\n", Executable);
        }

        var report = (await tool.RunAsync("hooks", "install", "--json")).Requires(0).Json;

        Assert.Equal(tool.PathOf(expected), report.GetProperty("hook").GetString());
        Assert.True(report.GetProperty("fires").GetBoolean());
        Assert.False(File.Exists(tool.PathOf(".git/hooks/pre-commit")));
    }

    [Fact]
    public async Task A_linked_worktree_shares_the_hook_and_scans_its_own_index()
    {
        using var tool = new Tool();
        var git = await GitFolder.InAsync(tool);
        await git.CommitAsync("a.txt", "a\n");
        await git.RunAsync("worktree", "add", "--quiet", "linked");
        await git.RunAsync("-C", "linked", "status");
        (await tool.RunAsync("hooks", "install")).Requires(0);
        git.Write("linked/b.txt", MadeUp.LiveKey());
        await git.RunAsync("-C", "linked", "add", ".");

        Assert.Equal(1, (await git.TryAsync("-C", "linked", "commit", "--message", "x")).ExitCode);
    }

    [Fact]
    public async Task Status_touches_neither_index_nor_objects_nor_the_other_hooks()
    {
        using var tool = new Tool();
        var git = await GitFolder.InAsync(tool);
        await git.CommitAsync("a.txt", "a\n");
        git.Write("b.txt", "b\n");
        await git.RunAsync("add", "b.txt");
        Script.Write(tool.PathOf(".git/hooks/pre-commit"), "#!/bin/sh\necho there >> ran\n", Executable);
        (await tool.RunAsync("hooks", "install")).Requires(0);
        var index = await File.ReadAllBytesAsync(tool.PathOf(".git/index"), Token);
        var objects = Directory.GetFiles(tool.PathOf(".git/objects"), "*", SearchOption.AllDirectories);

        var result = (await tool.RunAsync("hooks", "status")).Requires(0);

        Assert.Contains("fires\tyes, it stopped a made-up key", result.Lines);
        Assert.Equal(index, await File.ReadAllBytesAsync(tool.PathOf(".git/index"), Token));
        Assert.Equal(objects, Directory.GetFiles(tool.PathOf(".git/objects"), "*", SearchOption.AllDirectories));
        Assert.False(File.Exists(tool.PathOf("ran")));
    }

    [Fact]
    public async Task A_bare_repository_and_a_folder_without_one_have_no_commits_to_guard()
    {
        using var tool = new Tool();
        (await tool.RunAsync("hooks", "install")).Requires(2).Says("in no git repository");

        var git = await GitFolder.InAsync(tool);
        await git.RunAsync("config", "core.bare", "true");
        Directory.Move(tool.PathOf(".git"), tool.PathOf("moved"));
        foreach (var entry in Directory.GetFileSystemEntries(tool.PathOf("moved")))
        {
            Directory.Move(entry, tool.PathOf(Path.GetFileName(entry)));
        }

        (await tool.RunAsync("hooks", "status")).Requires(2).Says("bare repository");
    }
}
