using NodeData.Cli.Tests.Doubles;
using NodeData.Emulator;
using NodeData.Sdk;

namespace NodeData.Cli.Tests.Keys;

public sealed class RevokeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Revoking_by_id_twice_gives_the_same_result()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);
        var key = await Doubles.Keys.CreateAsync(emulator, new CreateApiKeyOptions("old"));

        var first = (await tool.RunAsync("keys", "revoke", key.Id))
            .RequireExitCode(0)
            .RequireError(key.Id, key.Secret.Hint, "old", "is revoked");
        var again = (await tool.RunAsync("keys", "revoke", key.Id, "--json")).RequireExitCode(0).Json;

        Assert.Contains("status\trevoked", first.Lines);
        Assert.Equal(("revoked", key.Id), (again.GetProperty("status").GetString(), again.GetProperty("id").GetString()));
        Assert.Null(await Doubles.Keys.GetIdAsync(emulator, key.Reveal()));
    }

    [Fact]
    public async Task The_key_itself_is_read_from_standard_input_and_never_shown()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);
        var key = await Doubles.Keys.CreateAsync(emulator, new CreateApiKeyOptions("found"));

        var result = (await tool.RunAsync(["keys", "revoke", "-"], $"  {key.Reveal()}\r\n")).RequireExitCode(0);

        Assert.Null(await Doubles.Keys.GetIdAsync(emulator, key.Reveal()));
        Assert.DoesNotContain(key.Reveal(), result.Output + result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(emulator.Requests, request => request.Path.Contains(key.Id, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Input_that_is_not_a_key_is_rejected_without_repeating_it()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);

        Assert.DoesNotContain(
            "hunter2",
            (await tool.RunAsync(["keys", "revoke", "-"], "hunter2\n"))
                .RequireExitCode(2)
                .RequireError("not an API key", "7 characters")
                .Error,
            StringComparison.Ordinal
        );
        (await tool.RunAsync("keys", "revoke", "key_unknown")).RequireExitCode(1).RequireError("404", "req_");
        (await tool.RunAsync("keys", "revoke")).RequireExitCode(2).RequireError("keys revoke --help");
        var other = await Doubles.Keys.CreateAsync(emulator, new CreateApiKeyOptions("live") { Mode = KeyMode.Live });
        (await tool.RunAsync(["keys", "revoke", "-"], other.Reveal())).RequireExitCode(2).RequireError("live", "test");
        Assert.Equal(other.Id, await Doubles.Keys.GetIdAsync(emulator, other.Reveal()));
    }

    [Fact]
    public async Task In_a_terminal_the_key_is_prompted_for_and_not_echoed()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);
        var key = await Doubles.Keys.CreateAsync(emulator, new CreateApiKeyOptions("found"));
        await using var session = ToolSession.StartInTerminal(tool, "keys", "revoke", "-");

        await session.WaitForAsync("not shown");
        await session.TypeAsync($"{key.Reveal()}\r");

        Assert.Equal(0, await session.WaitForExitAsync());
        Assert.Null(await Doubles.Keys.GetIdAsync(emulator, key.Reveal()));
        Assert.DoesNotContain(key.Reveal(), session.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("n\r", 1)]
    [InlineData("y\r", 0)]
    public async Task In_a_terminal_a_live_key_is_revoked_only_after_confirmation(string input, int exitCode)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator, emulator.LiveKey);
        var key = await Doubles.Keys.CreateAsync(emulator, new CreateApiKeyOptions("live") { Mode = KeyMode.Live });
        await using var session = ToolSession.StartInTerminal(tool, "keys", "revoke", key.Id);

        await session.WaitForAsync("live key");
        await session.TypeAsync(input);

        Assert.Equal(exitCode, await session.WaitForExitAsync());
        Assert.Equal(exitCode == 0, await Doubles.Keys.GetIdAsync(emulator, key.Reveal()) is null);
    }

    [Fact]
    public async Task With_yes_there_is_no_prompt_and_the_loss_of_the_key_in_use_is_reported()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        var currentKey = await Doubles.Keys.CreateAsync(emulator, new CreateApiKeyOptions("own"));
        using var tool = Tool.For(emulator, currentKey.Secret);

        var result = (await tool.RunInTerminalAsync(["keys", "revoke", currentKey.Id, "--yes"])).RequireExitCode(0);

        Assert.Contains("It was the key that the command uses", result.Output, StringComparison.Ordinal);
        Assert.Null(await Doubles.Keys.GetIdAsync(emulator, currentKey.Reveal()));
    }
}
