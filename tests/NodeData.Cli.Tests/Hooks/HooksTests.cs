using System.Text;
using NodeData.Cli.Tests.Doubles;

namespace NodeData.Cli.Tests.Hooks;

public sealed class HooksTests
{
    private const UnixFileMode Executable =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_installed_hook_blocks_only_commits_with_a_secret()
    {
        using var tool = new Tool();
        var git = await GitRepository.CreateAsync(tool);
        (await tool.RunAsync("hooks", "install")).RequireExitCode(0);
        var key = TestSecrets.CreateLiveKey();
        git.Write("a.txt", key);
        await git.RunAsync("add", ".");

        var (exitCode, output, error) = await git.TryAsync("commit", "--message", "x");

        Assert.Equal(1, exitCode);
        Assert.Contains($"a.txt\t1\tlive-key\t{TestSecrets.GetHint(key)}", output + error, StringComparison.Ordinal);
        git.Write("a.txt", "clean");
        await git.RunAsync("commit", "--all", "--message", "x");
    }

    [Fact]
    public async Task The_hook_scans_the_index_of_the_commit()
    {
        using var tool = new Tool();
        var git = await GitRepository.CreateAsync(tool);
        await git.CommitAsync("a.txt", "a\n");
        await git.CommitAsync("b.txt", "b\n");
        (await tool.RunAsync("hooks", "install")).RequireExitCode(0);

        // Staged by the commit itself.
        git.Write("a.txt", TestSecrets.CreateLiveKey());
        Assert.Equal(1, (await git.TryAsync("commit", "--all", "--message", "x")).ExitCode);

        // Staged, but not part of this commit.
        await git.RunAsync("add", "a.txt");
        git.Write("b.txt", "changed");
        await git.RunAsync("commit", "--message", "x", "--", "b.txt");
        Assert.Equal(1, (await git.TryAsync("commit", "--message", "x", "--", "a.txt")).ExitCode);
    }

    [Fact]
    public async Task Without_the_tool_a_commit_is_rejected()
    {
        using var tool = new Tool();
        var git = await GitRepository.CreateAsync(tool);
        (await tool.RunAsync("hooks", "install")).RequireExitCode(0);
        tool.Variables["PATH"] = Environment.GetEnvironmentVariable("PATH")!;

        var (exitCode, _, error) = await git.TryAsync("commit", "--allow-empty", "--message", "x");

        Assert.Equal(1, exitCode);
        Assert.Contains("git commit --no-verify", error, StringComparison.Ordinal);
        (await tool.RunAsync("hooks", "status")).RequireExitCode(1);
    }

    [Theory]
    [InlineData("#!/bin/sh\necho there >> ran\n")]
    [InlineData("#!/usr/bin/env bash\nset -e\necho there >> ran")]
    [InlineData("echo there >> ran\n")]
    [InlineData("#!/usr/bin/env python3\nopen('ran', 'a').write('there')\n")]
    [InlineData("#!/bin/sh")]
    [InlineData("#!/bin/sh\n")]
    [InlineData("")]
    public async Task An_existing_hook_still_runs_and_is_restored_byte_for_byte(string script)
    {
        using var tool = new Tool();
        var git = await GitRepository.CreateAsync(tool);
        var hook = tool.GetPath(".git/hooks/pre-commit");
        var before = Encoding.UTF8.GetBytes(script);
        Script.Write(hook, before, Executable);

        (await tool.RunAsync("hooks", "install")).RequireExitCode(0);
        (await tool.RunAsync("hooks", "install")).RequireExitCode(0);
        Assert.False(File.Exists(tool.GetPath("ran")));
        await git.RunAsync("commit", "--quiet", "--allow-empty", "--message", "x");
        Assert.Equal(script.Contains("ran", StringComparison.Ordinal), File.Exists(tool.GetPath("ran")));
        git.Write("a.txt", TestSecrets.CreateLiveKey());
        await git.RunAsync("add", ".");
        Assert.Equal(1, (await git.TryAsync("commit", "--message", "x")).ExitCode);

        (await tool.RunAsync("hooks", "uninstall")).RequireExitCode(0);
        Assert.Equal(before, await File.ReadAllBytesAsync(hook, Token));
        Assert.Equal(Executable, File.GetUnixFileMode(hook));
        Assert.DoesNotContain(
            Directory.GetFiles(tool.GetPath(".git/hooks")),
            file => Path.GetFileName(file).Contains("node-data", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_link_is_restored()
    {
        using var tool = new Tool();
        await GitRepository.CreateAsync(tool);
        var hook = tool.GetPath(".git/hooks/pre-commit");
        File.CreateSymbolicLink(hook, "/bin/true");

        (await tool.RunAsync("hooks", "install")).RequireExitCode(0);
        (await tool.RunAsync("hooks", "uninstall")).RequireExitCode(0);

        Assert.Equal("/bin/true", new FileInfo(hook).LinkTarget);
    }

    [Fact]
    public async Task Uninstall_deletes_a_hook_with_only_the_scan_and_keeps_added_lines()
    {
        using var tool = new Tool();
        await GitRepository.CreateAsync(tool);
        var hook = tool.GetPath(".git/hooks/pre-commit");
        (await tool.RunAsync("hooks", "install")).RequireExitCode(0);
        await File.AppendAllTextAsync(hook, "echo more\n", Token);
        (await tool.RunAsync("hooks", "uninstall")).RequireExitCode(0);
        Assert.EndsWith("echo more\n", await File.ReadAllTextAsync(hook, Token), StringComparison.Ordinal);
        Assert.DoesNotContain("scan --staged", await File.ReadAllTextAsync(hook, Token), StringComparison.Ordinal);

        File.Delete(hook);
        (await tool.RunAsync("hooks", "install")).RequireExitCode(0);
        (await tool.RunAsync("hooks", "uninstall")).RequireExitCode(0);
        Assert.False(File.Exists(hook));
        Assert.Contains("no scan", (await tool.RunAsync("hooks", "uninstall")).RequireExitCode(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_disabled_hook_is_not_enabled()
    {
        using var tool = new Tool();
        await GitRepository.CreateAsync(tool);
        await File.WriteAllTextAsync(tool.GetPath(".git/hooks/pre-commit"), "#!/bin/sh\nexit 1\n", Token);

        (await tool.RunAsync("hooks", "install")).RequireExitCode(2).RequireError("not executable", "chmod +x");
    }

    [Theory]
    [InlineData("my hooks", "my hooks/pre-commit")]
    [InlineData(".husky/_", ".husky/pre-commit")]
    public async Task The_hook_is_installed_where_core_hooksPath_points(string folder, string expected)
    {
        using var tool = new Tool();
        var git = await GitRepository.CreateAsync(tool);
        await git.RunAsync("config", "core.hooksPath", folder);
        if (folder.StartsWith(".husky", StringComparison.Ordinal))
        {
            // As husky 9 lays it out.
            Directory.CreateDirectory(tool.GetPath(".husky/_"));
            Script.Write(tool.GetPath(".husky/_/pre-commit"), "#!/bin/sh\nsh -e \"$(dirname \"$0\")/../pre-commit\" \"$@\"\n", Executable);
        }

        var report = (await tool.RunAsync("hooks", "install", "--json")).RequireExitCode(0).Json;

        Assert.Equal(tool.GetPath(expected), report.GetProperty("hook").GetString());
        Assert.True(report.GetProperty("effective").GetBoolean());
        Assert.False(File.Exists(tool.GetPath(".git/hooks/pre-commit")));
    }

    [Fact]
    public async Task A_linked_worktree_shares_the_hook_and_scans_its_own_index()
    {
        using var tool = new Tool();
        var git = await GitRepository.CreateAsync(tool);
        await git.CommitAsync("a.txt", "a\n");
        await git.RunAsync("worktree", "add", "--quiet", "linked");
        await git.RunAsync("-C", "linked", "status");
        (await tool.RunAsync("hooks", "install")).RequireExitCode(0);
        git.Write("linked/b.txt", TestSecrets.CreateLiveKey());
        await git.RunAsync("-C", "linked", "add", ".");

        Assert.Equal(1, (await git.TryAsync("-C", "linked", "commit", "--message", "x")).ExitCode);
    }

    [Fact]
    public async Task Status_changes_neither_index_nor_objects_and_runs_no_other_hook()
    {
        using var tool = new Tool();
        var git = await GitRepository.CreateAsync(tool);
        await git.CommitAsync("a.txt", "a\n");
        git.Write("b.txt", "b\n");
        await git.RunAsync("add", "b.txt");
        Script.Write(tool.GetPath(".git/hooks/pre-commit"), "#!/bin/sh\necho there >> ran\n", Executable);
        (await tool.RunAsync("hooks", "install")).RequireExitCode(0);
        var index = await File.ReadAllBytesAsync(tool.GetPath(".git/index"), Token);
        var objects = Directory.GetFiles(tool.GetPath(".git/objects"), "*", SearchOption.AllDirectories);

        var result = (await tool.RunAsync("hooks", "status")).RequireExitCode(0);

        Assert.Contains("effective\tyes, it blocked a generated key", result.Lines);
        Assert.Equal(index, await File.ReadAllBytesAsync(tool.GetPath(".git/index"), Token));
        Assert.Equal(objects, Directory.GetFiles(tool.GetPath(".git/objects"), "*", SearchOption.AllDirectories));
        Assert.False(File.Exists(tool.GetPath("ran")));
    }

    [Fact]
    public async Task A_bare_repository_and_a_plain_folder_are_rejected()
    {
        using var tool = new Tool();
        (await tool.RunAsync("hooks", "install")).RequireExitCode(2).RequireError("not in a git repository");

        var git = await GitRepository.CreateAsync(tool);
        await git.RunAsync("config", "core.bare", "true");
        Directory.Move(tool.GetPath(".git"), tool.GetPath("moved"));
        foreach (var entry in Directory.GetFileSystemEntries(tool.GetPath("moved")))
        {
            Directory.Move(entry, tool.GetPath(Path.GetFileName(entry)));
        }

        (await tool.RunAsync("hooks", "status")).RequireExitCode(2).RequireError("bare repository");
    }
}
