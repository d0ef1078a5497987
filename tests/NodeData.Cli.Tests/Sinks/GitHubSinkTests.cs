using System.Runtime.Versioning;
using System.Text;
using NodeData.Cli.Tests.Doubles;
using NodeData.Emulator;
using NodeData.Sdk;
using NodeData.Sdk.Tests.SecretManagers;

namespace NodeData.Cli.Tests.Sinks;

/// <summary>Runs the real gh; the fake service decrypts what gh encrypted.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class GitHubSinkTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("github:octo/shop#NODE_KEY", "/repos/octo/shop/actions/secrets/NODE_KEY")]
    [InlineData("github:octo/shop#NODE_KEY@production", "/repos/octo/shop/environments/production/secrets/NODE_KEY")]
    public async Task The_encrypted_secret_is_the_new_key(string sink, string address)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        await using var gitHub = new FakeGitHub();
        using var tool = SinkTool.For(emulator, gitHub);

        var result = (await tool.RunAsync("keys", "create", "--name", "ci", "--to", sink, "--json")).RequireExitCode(0);

        var (_, value) = Assert.Single(gitHub.Stored);
        Assert.EndsWith(address, Assert.Single(gitHub.Addresses), StringComparison.Ordinal);
        Assert.Equal(result.Json.GetProperty("id").GetString(), await Doubles.Keys.GetIdAsync(emulator, Encoding.ASCII.GetString(value)));
        Assert.False(result.Json.TryGetProperty("secret", out _));
        Assert.Equal(sink, Assert.Single(result.Json.GetProperty("secret_sinks").EnumerateArray()).GetString());
        Assert.DoesNotContain(Encoding.ASCII.GetString(value), result.Output + result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_check_of_gh_prevents_creating_a_key()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        await using var gitHub = new FakeGitHub();
        using var tool = SinkTool.For(emulator, gitHub);

        (await tool.RunAsync("keys", "create", "--name", "ci", "--to", "github:octo/other#KEY"))
            .RequireExitCode(2)
            .RequireError("HTTP 404", "gh auth status");
        (await tool.RunAsync("keys", "create", "--name", "ci", "--to", "github:octo/shop#KEY@staging"))
            .RequireExitCode(2)
            .RequireError("environment");
        (await tool.RunAsync("keys", "create", "--name", "ci", "--to", "github:octo#KEY"))
            .RequireExitCode(2)
            .RequireError("github:OWNER/REPO#NAME");
        tool.Variables["GH_TOKEN"] = "ghp_another";
        (await tool.RunAsync("keys", "create", "--name", "ci", "--to", "github:octo/shop#KEY")).RequireExitCode(2).RequireError("HTTP 401");

        Assert.Empty(emulator.Requests);
        Assert.Empty(gitHub.Stored);
    }

    [Fact]
    public async Task A_missing_gh_is_reported_with_the_remedy()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);
        tool.Variables["PATH"] = AppContext.BaseDirectory;

        (await tool.RunAsync("keys", "create", "--name", "ci", "--to", "github:octo/shop#KEY"))
            .RequireExitCode(2)
            .RequireError("gh", "not on the PATH", "Install");

        Assert.Empty(emulator.Requests);
    }

    [Fact]
    public async Task If_gh_fails_the_new_key_is_revoked_and_the_message_is_masked()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);
        SinkTool.AddProgram(tool, "gh", "[ \"$1\" = api ] && exit 0\necho \"failed to set secret $(cat)\" >&2\nexit 4");

        var result = await tool.RunAsync("keys", "create", "--name", "ci", "--to", "github:octo/shop#KEY");

        var key = Assert.Single(await Doubles.Keys.ListCreatedAsync(emulator));
        Assert.Equal(ApiKeyStatus.Revoked, key.Status);
        result.RequireExitCode(1).RequireError("gh secret set failed: failed to set secret", key.Hint!, key.Id, "was revoked");
        Assert.DoesNotMatch("nd_test_[A-Za-z0-9]{5}", result.Error);
    }

    [Fact]
    public async Task If_gh_fails_after_a_file_has_the_key_the_key_stays_active_and_the_message_says_how_to_continue()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);
        SinkTool.AddProgram(tool, "gh", "[ \"$1\" = api ] && exit 0\nexit 4");

        var result = await tool.RunAsync("keys", "create", "--name", "ci", "--to", "file:key", "--to", "github:octo/shop#KEY");

        var key = Assert.Single(await Doubles.Keys.ListCreatedAsync(emulator));
        Assert.Equal(ApiKeyStatus.Active, key.Status);
        Assert.Equal(5, result.ExitCode);
        Assert.Contains("exit code 4", result.Error, StringComparison.Ordinal);
        Assert.Contains(
            $"node-data keys rotate {key.Id} --to 'file:key' --to 'github:octo/shop#KEY'",
            result.Error,
            StringComparison.Ordinal
        );
        Assert.Contains($"node-data keys revoke {key.Id}", result.Error, StringComparison.Ordinal);
    }
}
