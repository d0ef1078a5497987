using System.Runtime.Versioning;
using Microsoft.Extensions.Logging;
using NodeData.Sdk.Configuration.EnvLocal;
using NodeData.Sdk.Tests.Doubles;

namespace NodeData.Sdk.Tests.Configuration.EnvLocal;

/// <summary>Tests for the search for a .env.local file and its git state, in real repositories.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class EnvLocalAndGitTests : IDisposable
{
    private const string Line = $"NODE_DATA_API_KEY={TestClients.TestKey}\n";
    private const int EnvLocalLoaded = 51;
    private const int NotIgnored = 52;
    private const int GitStatusUnavailable = 53;

    private readonly DeveloperMachine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task The_nearest_file_up_to_the_root_of_the_repository_is_read()
    {
        _machine.WriteFile(".env.local", "broken: beyond the repository");
        await _machine.CreateRepositoryAsync("shop");
        var root = _machine.WriteFile("shop/.env.local", "A=b\n");
        Directory.CreateDirectory(Path.Combine(_machine.Folder, "shop/src/web"));

        Assert.Contains(root, await ReadFromAsync("shop/src/web"), StringComparison.Ordinal);

        var nearer = _machine.WriteFile("shop/src/.env.local", "A=b\n");
        Assert.Contains(nearer, await ReadFromAsync("shop/src/web"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_above_the_root_of_the_repository_or_above_a_folder_without_a_repository_are_not_read()
    {
        _machine.WriteFile(".env.local", "A=b\n");
        await _machine.CreateRepositoryAsync("shop");
        Directory.CreateDirectory(Path.Combine(_machine.Folder, "loose"));

        Assert.Empty(DeveloperMachine.GetLogRecords(await _machine.StartAsync("shop"), EnvLocalLoaded));
        Assert.Empty(DeveloperMachine.GetLogRecords(await _machine.StartAsync("loose"), EnvLocalLoaded));
        Assert.Single(DeveloperMachine.GetLogRecords(await _machine.StartAsync("."), EnvLocalLoaded));
    }

    [Theory]
    [InlineData(".env.local", Line)]
    [InlineData(".env", $"SHOP=ours\nHOOK='whsec_abcdefghijklmnop'\n")]
    [InlineData("sub/.env.local", "NodeData__ApiKey=nd_live_short # mine\n")]
    public async Task A_tracked_file_with_a_secret_is_rejected_and_the_commands_fix_it(string name, string text)
    {
        await _machine.CreateRepositoryAsync("the shop's");
        var file = _machine.WriteFile($"the shop's/{name}", text);
        await _machine.RunGitAsync("the shop's", "add --all");
        var contentRoot = Path.GetDirectoryName($"the shop's/{name}")!;

        var error = _machine.GetError(contentRoot).Message;

        Assert.StartsWith($"{file} holds a Node Data secret, and git tracks it", error, StringComparison.Ordinal);
        Assert.Contains("rotate the secret", error, StringComparison.Ordinal);
        Assert.DoesNotContain("abcdefgh", error, StringComparison.Ordinal);
        foreach (var command in error.Split(Environment.NewLine).Where(line => line.StartsWith("  ", StringComparison.Ordinal)))
        {
            var run = await Command.RunAsync(_machine.Folder, "/bin/sh", ["-c", command]);
            Assert.True(run.ExitCode == 0, run.Output);
        }

        Assert.Equal(text, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        Assert.Empty(DeveloperMachine.GetLogRecords(await _machine.StartAsync(contentRoot), NotIgnored));
    }

    [Theory]
    [InlineData("# keys look like nd_test_… and nd_live_...\nNODE_DATA_API_KEY=\n")]
    [InlineData("NODE_DATA_API_KEY=file:/run/secrets/node\nNODE_DATA_WEBHOOK_SECRET=whsec_<yours>\n")]
    [InlineData("SHOP=ours\n")]
    public async Task A_tracked_file_without_a_secret_is_ignored(string text)
    {
        await _machine.CreateRepositoryAsync("shop");
        _machine.WriteFile("shop/.env", text);
        await _machine.RunGitAsync("shop", "add --all");

        Assert.Empty(DeveloperMachine.GetLogRecords(await _machine.StartAsync("shop"), NotIgnored));
    }

    [Fact]
    public async Task A_file_that_git_does_not_ignore_causes_a_warning_and_the_command_fixes_it()
    {
        await _machine.CreateRepositoryAsync("shop");
        var file = _machine.WriteFile("shop/.env.local", Line);

        var warning = Assert.Single(DeveloperMachine.GetLogRecords(await _machine.StartAsync("shop"), NotIgnored));

        Assert.Equal(LogLevel.Warning, warning.Level);
        Assert.StartsWith($"{file} holds a Node Data secret, and git does not ignore it", warning.Message, StringComparison.Ordinal);
        var command = warning.GetStructuredStateValue("Command")!;
        Assert.Equal(0, (await Command.RunAsync(_machine.Folder, "/bin/sh", ["-c", command])).ExitCode);
        Assert.Empty(DeveloperMachine.GetLogRecords(await _machine.StartAsync("shop"), NotIgnored));
    }

    [Fact]
    public async Task A_linked_worktree_is_checked_against_its_own_index()
    {
        await _machine.CreateRepositoryAsync("shop");
        await _machine.RunGitAsync("shop", "worktree add --quiet ../feature");
        _machine.WriteFile("feature/.env.local", Line);
        Assert.Single(DeveloperMachine.GetLogRecords(await _machine.StartAsync("feature"), NotIgnored));

        await _machine.RunGitAsync("feature", "add .env.local");

        Assert.Contains("git tracks it", _machine.GetError("feature").Message, StringComparison.Ordinal);
        Assert.Empty(DeveloperMachine.GetLogRecords(await _machine.StartAsync("shop"), EnvLocalLoaded));
    }

    [Fact]
    public async Task In_a_submodule_the_search_ends_at_its_root_and_its_own_index_is_used()
    {
        await _machine.CreateRepositoryAsync("library");
        await _machine.CreateRepositoryAsync("shop");
        await _machine.RunGitAsync("shop", "submodule --quiet add ../library");
        _machine.WriteFile("shop/.env.local", "A=b\n");
        Directory.CreateDirectory(Path.Combine(_machine.Folder, "shop/library/src"));
        Assert.Empty(DeveloperMachine.GetLogRecords(await _machine.StartAsync("shop/library/src"), EnvLocalLoaded));

        _machine.WriteFile("shop/library/.env.local", Line);
        Assert.Single(DeveloperMachine.GetLogRecords(await _machine.StartAsync("shop/library/src"), NotIgnored));
        await _machine.RunGitAsync("shop/library", "add .env.local");

        Assert.Contains("git tracks it", _machine.GetError("shop/library/src").Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_is_checked_by_its_target()
    {
        await _machine.CreateRepositoryAsync("shop");
        var target = _machine.WriteFile("shop/settings.txt", Line);
        File.CreateSymbolicLink(Path.Combine(_machine.Folder, "shop/.env.local"), "settings.txt");
        await _machine.RunGitAsync("shop", "add settings.txt");

        Assert.StartsWith(target, _machine.GetError("shop").Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_repository_one_debug_message_is_logged()
    {
        _machine.WriteFile(".env.local", Line);
        _machine.WriteFile(".env", Line);

        var host = await _machine.StartAsync();

        var line = Assert.Single(DeveloperMachine.GetLogRecords(host, GitStatusUnavailable));
        Assert.Equal(LogLevel.Debug, line.Level);
        Assert.Contains("git exited with code 128", line.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_git_one_debug_message_is_logged()
    {
        using var machine = new DeveloperMachine { Git = new GitCommand(null, TimeSpan.FromMinutes(1)) };
        machine.WriteFile(".env.local", Line);

        var host = await machine.StartAsync();

        Assert.Contains(
            "git is not on the PATH",
            Assert.Single(DeveloperMachine.GetLogRecords(host, GitStatusUnavailable)).Message,
            StringComparison.Ordinal
        );
        Assert.Single(DeveloperMachine.GetLogRecords(host, EnvLocalLoaded));
    }

    [Fact]
    public async Task A_git_process_that_does_not_exit_is_killed_and_one_debug_message_is_logged()
    {
        var pid = Path.Combine(_machine.Folder, "pid");
        // Copied by another process: a child process of this one could inherit the file open for writing, which would prevent the program from starting.
        _machine.WriteFile("script", $"#!/bin/sh\necho $$ > '{pid}'\nexec tail -f /dev/null\n");
        await Command.RunSuccessfullyAsync(_machine.Folder, "cp script slow-git");
        var slow = Path.Combine(_machine.Folder, "slow-git");
        File.SetUnixFileMode(slow, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        using var machine = new DeveloperMachine { Git = new GitCommand(slow, TimeSpan.FromSeconds(1)) };
        machine.WriteFile(".env.local", Line);

        var host = await machine.StartAsync();

        Assert.Contains(
            "git took longer than 1 s",
            Assert.Single(DeveloperMachine.GetLogRecords(host, GitStatusUnavailable)).Message,
            StringComparison.Ordinal
        );
        if (File.Exists(pid) && File.ReadAllText(pid).Trim() is { Length: > 0 } id)
        {
            Assert.False(File.Exists($"/proc/{id}/exe"), "The git process is still running.");
        }
    }

    private async Task<string> ReadFromAsync(string contentRoot) =>
        Assert.Single(DeveloperMachine.GetLogRecords(await _machine.StartAsync(contentRoot), EnvLocalLoaded)).Message;
}
