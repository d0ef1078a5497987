using NodeData.Cli.Tests.Doubles;
using NodeData.Emulator;
using NodeData.Sdk;

namespace NodeData.Cli.Tests.Keys;

public sealed class RevokeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task By_its_id_and_once_more_the_answer_is_the_same()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);
        var key = await Doubles.Keys.MakeAsync(emulator, new CreateApiKeyOptions("old"));

        var first = (await tool.RunAsync("keys", "revoke", key.Id)).Requires(0).Says(key.Id, key.Secret.Hint, "old", "is revoked");
        var again = (await tool.RunAsync("keys", "revoke", key.Id, "--json")).Requires(0).Json;

        Assert.Contains("status\trevoked", first.Lines);
        Assert.Equal(("revoked", key.Id), (again.GetProperty("status").GetString(), again.GetProperty("id").GetString()));
        Assert.Null(await Doubles.Keys.IdOfAsync(emulator, key.Reveal()));
    }

    [Fact]
    public async Task The_key_itself_is_read_from_standard_input_and_never_shown()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);
        var key = await Doubles.Keys.MakeAsync(emulator, new CreateApiKeyOptions("found"));

        var result = (await tool.RunAsync(["keys", "revoke", "-"], $"  {key.Reveal()}\r\n")).Requires(0);

        Assert.Null(await Doubles.Keys.IdOfAsync(emulator, key.Reveal()));
        Assert.DoesNotContain(key.Reveal(), result.Output + result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(emulator.Requests, request => request.Path.Contains(key.Id, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_no_key_is_refused_without_repeating_it()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);

        Assert.DoesNotContain(
            "hunter2",
            (await tool.RunAsync(["keys", "revoke", "-"], "hunter2\n")).Requires(2).Says("no API key", "7 characters").Error,
            StringComparison.Ordinal
        );
        (await tool.RunAsync("keys", "revoke", "key_unknown")).Requires(1).Says("404", "req_");
        (await tool.RunAsync("keys", "revoke")).Requires(2).Says("keys revoke --help");
        var other = await Doubles.Keys.MakeAsync(emulator, new CreateApiKeyOptions("live") { Mode = KeyMode.Live });
        (await tool.RunAsync(["keys", "revoke", "-"], other.Reveal())).Requires(2).Says("live", "test");
        Assert.Equal(other.Id, await Doubles.Keys.IdOfAsync(emulator, other.Reveal()));
    }

    [Fact]
    public async Task In_a_terminal_the_key_is_asked_for_and_not_echoed()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);
        var key = await Doubles.Keys.MakeAsync(emulator, new CreateApiKeyOptions("found"));
        await using var conversation = Conversation.InTerminal(tool, "keys", "revoke", "-");

        await conversation.WaitForAsync("not shown");
        await conversation.TypeAsync($"{key.Reveal()}\r");

        Assert.Equal(0, await conversation.EndAsync());
        Assert.Null(await Doubles.Keys.IdOfAsync(emulator, key.Reveal()));
        Assert.DoesNotContain(key.Reveal(), conversation.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("n\r", 1)]
    [InlineData("y\r", 0)]
    public async Task In_a_terminal_a_live_key_is_only_revoked_after_a_yes(string answer, int exitCode)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator, emulator.LiveKey);
        var key = await Doubles.Keys.MakeAsync(emulator, new CreateApiKeyOptions("live") { Mode = KeyMode.Live });
        await using var conversation = Conversation.InTerminal(tool, "keys", "revoke", key.Id);

        await conversation.WaitForAsync("live key");
        await conversation.TypeAsync(answer);

        Assert.Equal(exitCode, await conversation.EndAsync());
        Assert.Equal(exitCode == 0, await Doubles.Keys.IdOfAsync(emulator, key.Reveal()) is null);
    }

    [Fact]
    public async Task With_yes_nobody_is_asked_and_the_key_in_use_is_said_to_be_gone()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        var own = await Doubles.Keys.MakeAsync(emulator, new CreateApiKeyOptions("own"));
        using var tool = Tool.For(emulator, own.Secret);

        var result = (await tool.RunInTerminalAsync(["keys", "revoke", own.Id, "--yes"])).Requires(0);

        Assert.Contains("It was the key in use", result.Output, StringComparison.Ordinal);
        Assert.Null(await Doubles.Keys.IdOfAsync(emulator, own.Reveal()));
    }
}
