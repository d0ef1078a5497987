using System.Diagnostics;
using NodeData.Cli.Tests.Doubles;
using NodeData.Emulator;

namespace NodeData.Cli.Tests.Credentials;

public sealed class ClientSettingsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_key_and_the_address_can_come_from_an_env_local()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = new Tool();
        await WriteEnvLocalAsync(tool, $"NODE_DATA_API_KEY={emulator.LiveKey.Reveal()}", $"NODE_DATA_BASE_URL={emulator.BaseAddress}");

        Assert.Contains("mode\tlive", (await tool.RunAsync("me")).RequireExitCode(0).Lines);
    }

    [Fact]
    public async Task A_key_file_takes_precedence_over_the_environment_and_the_environment_over_an_env_local()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator, emulator.LiveKey);
        await WriteEnvLocalAsync(tool, "NODE_DATA_API_KEY=nd_test_revokedlongago0000001");
        await File.WriteAllTextAsync(tool.GetPath("key"), emulator.TestKey.Reveal(), Token);

        Assert.Contains("mode\tlive", (await tool.RunAsync("me")).RequireExitCode(0).Lines);
        Assert.Contains("mode\ttest", (await tool.RunAsync("me", "--key-file", "key")).RequireExitCode(0).Lines);
    }

    [Fact]
    public async Task An_address_in_an_env_local_does_not_apply_to_a_key_from_elsewhere()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        await using var stranger = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);
        var address = tool.Variables["NODE_DATA_BASE_URL"];
        await WriteEnvLocalAsync(tool, $"NODE_DATA_BASE_URL={stranger.BaseAddress}", "NODE_DATA_API_KEY=env:MY_KEY");
        tool.Variables.Remove("NODE_DATA_BASE_URL");
        tool.Variables["https_proxy"] = "http://127.0.0.1:1";

        // Without an address, the request goes to the real service, which is unreachable through that proxy.
        (await tool.RunAsync("me")).RequireExitCode(3);

        // The key that a reference resolves to is not from the repository either.
        tool.Variables["MY_KEY"] = tool.Variables["NODE_DATA_API_KEY"];
        tool.Variables.Remove("NODE_DATA_API_KEY");
        (await tool.RunAsync("me")).RequireExitCode(3);
        Assert.Empty(stranger.Requests);

        tool.Variables["NODE_DATA_BASE_URL"] = address;
        (await tool.RunAsync("me")).RequireExitCode(0);
    }

    [Fact]
    public async Task A_key_in_a_file_that_git_tracks_is_rejected()
    {
        using var tool = new Tool();
        await WriteEnvLocalAsync(tool, "NODE_DATA_API_KEY=nd_test_localdevelopment0001");
        foreach (
            string[] arguments in (string[][])
                [
                    ["init", "--quiet"],
                    ["add", "--force", ".env.local"],
                ]
        )
        {
            using var git = Process.Start(tool.CreateStartInfo("git", arguments))!;
            await git.WaitForExitAsync(Token);
        }

        var result = (await tool.RunAsync("me")).RequireExitCode(2);

        Assert.Contains("git tracks it", result.Error, StringComparison.Ordinal);
        Assert.Contains("rm --cached", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("NODE_DATA_API_KEY", "whsec_test_0123456789abcdef", "NODE_DATA_API_KEY")]
    [InlineData("NODE_DATA_API_KEY", "file:/does/not/exist", "/does/not/exist")]
    [InlineData("NODE_DATA_API_KEY", "env:NOBODY_SET_THIS", "NOBODY_SET_THIS")]
    [InlineData("NODE_DATA_BASE_URL", "http://example.com", "NODE_DATA_BASE_URL")]
    [InlineData("NODE_DATA_BASE_URL", "ftp://example.com", "NODE_DATA_BASE_URL")]
    public async Task An_invalid_setting_is_named_and_nothing_is_sent(string variable, string value, string named)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);
        tool.Variables[variable] = value;

        (await tool.RunAsync("me")).RequireExitCode(2).RequireError(named);

        Assert.Empty(emulator.Requests);
    }

    private static Task WriteEnvLocalAsync(Tool tool, params string[] lines) =>
        File.WriteAllLinesAsync(tool.GetPath(".env.local"), lines, Token);
}
