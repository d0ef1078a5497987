using System.Runtime.Versioning;
using Microsoft.Extensions.Logging;
using NodeData.Sdk.Configuration.EnvLocal;
using NodeData.Sdk.Tests.Doubles;

namespace NodeData.Sdk.Tests.Configuration.EnvLocal;

/// <summary>Where a .env.local is looked for, and what git makes of it, in real repositories.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class EnvLocalAndGitTests : IDisposable
{
    private const string Line = $"NODE_DATA_API_KEY={Clients.TestKey}\n";
    private const int Read = 51;
    private const int NotIgnored = 52;
    private const int NotLookedAt = 53;

    private readonly Developer _developer = new();

    public void Dispose() => _developer.Dispose();

    [Fact]
    public async Task The_nearest_one_up_to_the_repositorys_root_is_read()
    {
        _developer.Put(".env.local", "broken: beyond the repository");
        await _developer.RepositoryAsync("shop");
        var root = _developer.Put("shop/.env.local", "A=b\n");
        Directory.CreateDirectory(Path.Combine(_developer.Folder, "shop/src/web"));

        Assert.Contains(root, await ReadFromAsync("shop/src/web"), StringComparison.Ordinal);

        var nearer = _developer.Put("shop/src/.env.local", "A=b\n");
        Assert.Contains(nearer, await ReadFromAsync("shop/src/web"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Beyond_the_repositorys_root_and_above_a_folder_without_a_repository_none_is_read()
    {
        _developer.Put(".env.local", "A=b\n");
        await _developer.RepositoryAsync("shop");
        Directory.CreateDirectory(Path.Combine(_developer.Folder, "loose"));

        Assert.Empty(Developer.LogOf(await _developer.StartAsync("shop"), Read));
        Assert.Empty(Developer.LogOf(await _developer.StartAsync("loose"), Read));
        Assert.Single(Developer.LogOf(await _developer.StartAsync("."), Read));
    }

    [Theory]
    [InlineData(".env.local", Line)]
    [InlineData(".env", $"SHOP=ours\nHOOK='whsec_abcdefghijklmnop'\n")]
    [InlineData("sub/.env.local", "NodeData__ApiKey=nd_live_short # mine\n")]
    public async Task A_tracked_file_with_a_secret_is_refused_and_the_commands_cure_it(string name, string text)
    {
        await _developer.RepositoryAsync("the shop's");
        var file = _developer.Put($"the shop's/{name}", text);
        await _developer.GitAsync("the shop's", "add --all");
        var contentRoot = Path.GetDirectoryName($"the shop's/{name}")!;

        var refusal = _developer.Refusal(contentRoot).Message;

        Assert.StartsWith($"{file} holds a Node Data secret, and git tracks it", refusal, StringComparison.Ordinal);
        Assert.Contains("rotate the secret", refusal, StringComparison.Ordinal);
        Assert.DoesNotContain("abcdefgh", refusal, StringComparison.Ordinal);
        foreach (var command in refusal.Split(Environment.NewLine).Where(line => line.StartsWith("  ", StringComparison.Ordinal)))
        {
            var run = await Command.RunAsync(_developer.Folder, "/bin/sh", ["-c", command]);
            Assert.True(run.ExitCode == 0, run.Output);
        }

        Assert.Equal(text, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        Assert.Empty(Developer.LogOf(await _developer.StartAsync(contentRoot), NotIgnored));
    }

    [Theory]
    [InlineData("# keys look like nd_test_… and nd_live_...\nNODE_DATA_API_KEY=\n")]
    [InlineData("NODE_DATA_API_KEY=file:/run/secrets/node\nNODE_DATA_WEBHOOK_SECRET=whsec_<yours>\n")]
    [InlineData("SHOP=ours\n")]
    public async Task A_tracked_file_without_a_secret_is_nobodys_business(string text)
    {
        await _developer.RepositoryAsync("shop");
        _developer.Put("shop/.env", text);
        await _developer.GitAsync("shop", "add --all");

        Assert.Empty(Developer.LogOf(await _developer.StartAsync("shop"), NotIgnored));
    }

    [Fact]
    public async Task One_that_git_would_not_ignore_is_warned_about_and_the_command_cures_it()
    {
        await _developer.RepositoryAsync("shop");
        var file = _developer.Put("shop/.env.local", Line);

        var warning = Assert.Single(Developer.LogOf(await _developer.StartAsync("shop"), NotIgnored));

        Assert.Equal(LogLevel.Warning, warning.Level);
        Assert.StartsWith($"{file} holds a Node Data secret, and git does not ignore it", warning.Message, StringComparison.Ordinal);
        var command = warning.GetStructuredStateValue("Command")!;
        Assert.Equal(0, (await Command.RunAsync(_developer.Folder, "/bin/sh", ["-c", command])).ExitCode);
        Assert.Empty(Developer.LogOf(await _developer.StartAsync("shop"), NotIgnored));
    }

    [Fact]
    public async Task In_a_linked_worktree_its_own_index_counts()
    {
        await _developer.RepositoryAsync("shop");
        await _developer.GitAsync("shop", "worktree add --quiet ../feature");
        _developer.Put("feature/.env.local", Line);
        Assert.Single(Developer.LogOf(await _developer.StartAsync("feature"), NotIgnored));

        await _developer.GitAsync("feature", "add .env.local");

        Assert.Contains("git tracks it", _developer.Refusal("feature").Message, StringComparison.Ordinal);
        Assert.Empty(Developer.LogOf(await _developer.StartAsync("shop"), Read));
    }

    [Fact]
    public async Task In_a_submodule_the_search_ends_at_its_root_and_its_own_index_counts()
    {
        await _developer.RepositoryAsync("library");
        await _developer.RepositoryAsync("shop");
        await _developer.GitAsync("shop", "submodule --quiet add ../library");
        _developer.Put("shop/.env.local", "A=b\n");
        Directory.CreateDirectory(Path.Combine(_developer.Folder, "shop/library/src"));
        Assert.Empty(Developer.LogOf(await _developer.StartAsync("shop/library/src"), Read));

        _developer.Put("shop/library/.env.local", Line);
        Assert.Single(Developer.LogOf(await _developer.StartAsync("shop/library/src"), NotIgnored));
        await _developer.GitAsync("shop/library", "add .env.local");

        Assert.Contains("git tracks it", _developer.Refusal("shop/library/src").Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_counts_as_what_it_leads_to()
    {
        await _developer.RepositoryAsync("shop");
        var target = _developer.Put("shop/settings.txt", Line);
        File.CreateSymbolicLink(Path.Combine(_developer.Folder, "shop/.env.local"), "settings.txt");
        await _developer.GitAsync("shop", "add settings.txt");

        Assert.StartsWith(target, _developer.Refusal("shop").Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_repository_one_debug_line_says_that_git_could_not_tell()
    {
        _developer.Put(".env.local", Line);
        _developer.Put(".env", Line);

        var host = await _developer.StartAsync();

        var line = Assert.Single(Developer.LogOf(host, NotLookedAt));
        Assert.Equal(LogLevel.Debug, line.Level);
        Assert.Contains("git ended with 128", line.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_git_one_debug_line_says_so()
    {
        using var developer = new Developer { Git = new GitCommand(null, TimeSpan.FromMinutes(1)) };
        developer.Put(".env.local", Line);

        var host = await developer.StartAsync();

        Assert.Contains("there is no git on the path", Assert.Single(Developer.LogOf(host, NotLookedAt)).Message, StringComparison.Ordinal);
        Assert.Single(Developer.LogOf(host, Read));
    }

    [Fact]
    public async Task A_git_that_never_ends_is_ended_and_one_debug_line_says_so()
    {
        var pid = Path.Combine(_developer.Folder, "pid");
        // Copied by another process: nothing that this one starts meanwhile keeps the program open for writing, which would bar its start.
        _developer.Put("script", $"#!/bin/sh\necho $$ > '{pid}'\nexec tail -f /dev/null\n");
        await Command.SucceedAsync(_developer.Folder, "cp script slow-git");
        var slow = Path.Combine(_developer.Folder, "slow-git");
        File.SetUnixFileMode(slow, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        using var developer = new Developer { Git = new GitCommand(slow, TimeSpan.FromSeconds(1)) };
        developer.Put(".env.local", Line);

        var host = await developer.StartAsync();

        Assert.Contains("git took longer than 1 s", Assert.Single(Developer.LogOf(host, NotLookedAt)).Message, StringComparison.Ordinal);
        if (File.Exists(pid) && File.ReadAllText(pid).Trim() is { Length: > 0 } id)
        {
            Assert.False(File.Exists($"/proc/{id}/exe"), "git still runs");
        }
    }

    private async Task<string> ReadFromAsync(string contentRoot) =>
        Assert.Single(Developer.LogOf(await _developer.StartAsync(contentRoot), Read)).Message;
}
