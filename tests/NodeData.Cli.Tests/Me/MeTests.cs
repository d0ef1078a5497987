using NodeData.Cli.Tests.Doubles;
using NodeData.Emulator;

namespace NodeData.Cli.Tests.Me;

public sealed class MeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Shows_the_account_and_the_key_that_the_command_uses()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);

        var result = (await tool.RunAsync("me")).RequireExitCode(0);

        Assert.Contains("account\tusr_emulator", result.Lines);
        Assert.Contains("mode\ttest", result.Lines);
        Assert.Contains("scopes\tfull access", result.Lines);
    }

    [Fact]
    public async Task Json_has_the_member_names_of_the_service()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator, emulator.LiveKey);

        var account = (await tool.RunAsync("me", "--json")).RequireExitCode(0).Json;

        Assert.Equal("usr_emulator", account.GetProperty("id").GetString());
        Assert.Equal("live", account.GetProperty("key").GetProperty("mode").GetString());
        Assert.Empty(account.GetProperty("key").GetProperty("scopes").EnumerateArray());
    }

    [Fact]
    public async Task A_terminal_gets_colors_unless_they_are_disabled()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);

        Assert.Contains("\e[1maccount", (await tool.RunInTerminalAsync(["me"])).RequireExitCode(0).Output, StringComparison.Ordinal);

        tool.Variables["NO_COLOR"] = "1";
        Assert.DoesNotContain(
            "\e[3",
            (await tool.RunInTerminalAsync(["keys", "list"])).RequireExitCode(0).Output,
            StringComparison.Ordinal
        );
    }
}
