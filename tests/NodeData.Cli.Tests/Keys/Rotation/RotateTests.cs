using System.Runtime.Versioning;
using NodeData.Cli.Tests.Doubles;
using NodeData.Emulator;
using NodeData.Sdk;

namespace NodeData.Cli.Tests.Keys.Rotation;

[UnsupportedOSPlatform("windows")]
public sealed class RotateTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_new_key_is_put_in_place_and_after_the_overlap_the_old_one_is_revoked()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);
        var old = await MakeAsync(emulator, tool);

        var result = (await tool.RunAsync("keys", "rotate", old.Id, "--overlap", "1s", "--to", "file:key")).Requires(0);

        var secret = await SecretInAsync(tool);
        var id = await Doubles.Keys.IdOfAsync(emulator, secret);
        Assert.NotNull(id);
        Assert.NotEqual(old.Id, id);
        Assert.Null(await Doubles.Keys.IdOfAsync(emulator, old.Reveal()));
        Assert.Contains("stage\tcompleted", result.Lines);
        Assert.Contains($"new key\t{id}", result.Lines);
        string[] steps = ["Begun", "Asking for the key", "Deploying", "both keys are accepted", "The old key is revoked"];
        Assert.All(steps, step => Assert.Contains(step, result.Error, StringComparison.Ordinal));
        Assert.DoesNotContain(secret, result.Output + result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Begun_without_waiting_it_is_resumed_later()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);
        var old = await MakeAsync(emulator, tool);

        var begun = (await tool.RunAsync("keys", "rotate", old.Id, "--overlap", "1h", "--to", "file:key", "--no-wait", "--json")).Requires(
            0
        );
        var early = (await tool.RunAsync("keys", "rotate", old.Id, "--resume", "--json")).Requires(5);
        Assert.Equal(old.Id, await Doubles.Keys.IdOfAsync(emulator, old.Reveal()));
        var done = (await tool.RunAsync("keys", "rotate", "--resume", "--compromised", "--json")).Requires(0).Json;

        Assert.Equal("overlapping", begun.Json.GetProperty("stage").GetString());
        Assert.Contains($"keys rotate {old.Id} --resume", begun.Error, StringComparison.Ordinal);
        Assert.Contains(early.Json.GetProperty("overlap_ends_at").GetString()!, early.Error, StringComparison.Ordinal);
        Assert.True(done.GetProperty("completed").GetBoolean());
        Assert.Equal(begun.Json.GetProperty("new_key_id").GetString(), done.GetProperty("new_key_id").GetString());
        Assert.Null(await Doubles.Keys.IdOfAsync(emulator, old.Reveal()));
        Assert.Equal(done.GetProperty("new_key_id").GetString(), await Doubles.Keys.IdOfAsync(emulator, await SecretInAsync(tool)));
    }

    [Fact]
    public async Task It_is_aborted_by_putting_the_old_key_back()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);
        var old = await MakeAsync(emulator, tool);
        (await tool.RunAsync("keys", "rotate", old.Id, "--to", "file:key", "--no-wait")).Requires(0);
        var newSecret = await SecretInAsync(tool);

        (await tool.RunAsync("keys", "rotate", old.Id, "--abort")).Requires(2).Says("must be put back", "--to");
        (await tool.RunAsync("keys", "rotate", old.Id, "--abort", "--to", "file:key"))
            .Requires(5)
            .Says("--old-key-file", "Nothing was done");
        var abort = new[] { "keys", "rotate", old.Id, "--abort", "--overlap", "0s", "--to", "file:key", "--old-key-file", "-" };
        var result = (await tool.RunAsync(abort, old.Reveal())).Requires(0);

        Assert.Contains("stage\taborted", result.Lines);
        Assert.Equal(old.Reveal(), await SecretInAsync(tool));
        Assert.Equal(old.Id, await Doubles.Keys.IdOfAsync(emulator, old.Reveal()));
        Assert.Null(await Doubles.Keys.IdOfAsync(emulator, newSecret));
    }

    [Fact]
    public async Task A_dry_run_changes_nothing()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);
        var old = await MakeAsync(emulator, tool);
        var before = emulator.Requests.Count;

        var text = (await tool.RunAsync("keys", "rotate", old.Id, "--dry-run", "--overlap", "2h")).Requires(0).Output;
        var plan = (await tool.RunAsync("keys", "rotate", old.Id, "--dry-run", "--to", "file:key", "--json")).Requires(0).Json;

        Assert.Contains("5. overlap  02:00:00", text, StringComparison.Ordinal);
        Assert.Contains("name a place with --to", text, StringComparison.Ordinal);
        Assert.Equal((old.Id, 86400), (plan.GetProperty("old_key_id").GetString(), plan.GetProperty("overlap_seconds").GetInt32()));
        Assert.False(plan.GetProperty("key_in_use").GetBoolean());
        Assert.DoesNotContain(emulator.Requests.Skip(before), request => request.Method != "GET");
        Assert.Equal(old.Reveal(), await SecretInAsync(tool));
    }

    [Fact]
    public async Task Ctrl_c_in_the_overlap_leaves_both_keys_and_says_how_to_go_on()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);
        var old = await MakeAsync(emulator, tool);
        await using var conversation = Conversation.InTerminal(tool, "keys", "rotate", old.Id, "--overlap", "1h", "--to", "file:key");

        await conversation.WaitForAsync("Both keys work, for 0:59:");
        await conversation.TypeAsync("\u0003");

        Assert.Equal(130, await conversation.EndAsync());
        Assert.Contains("Interrupted in the overlap. Both keys work until", conversation.Output, StringComparison.Ordinal);
        Assert.Contains($"node-data keys rotate {old.Id} --resume", conversation.Output, StringComparison.Ordinal);
        Assert.Equal(old.Id, await Doubles.Keys.IdOfAsync(emulator, old.Reveal()));
        Assert.NotNull(await Doubles.Keys.IdOfAsync(emulator, await SecretInAsync(tool)));
        (await tool.RunAsync("keys", "rotate", old.Id, "--resume")).Requires(5);
    }

    [Fact]
    public async Task In_a_terminal_the_key_in_use_is_only_rotated_after_a_yes()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        var own = await Doubles.Keys.MakeAsync(emulator, new CreateApiKeyOptions("own"));
        using var tool = Tool.For(emulator, own.Secret);
        await using var conversation = Conversation.InTerminal(tool, "keys", "rotate", "--to", "file:key");

        await conversation.WaitForAsync("the key in use");
        await conversation.TypeAsync("n\r");

        Assert.Equal(1, await conversation.EndAsync());
        Assert.Contains("Nothing was done", conversation.Output, StringComparison.Ordinal);
        Assert.Single(await Doubles.Keys.MadeAsync(emulator));
    }

    [Fact]
    public async Task A_sink_that_fails_leaves_both_keys_and_the_commands_that_go_on_or_back_are_told()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);
        var old = await MakeAsync(emulator, tool);
        SinkTool.AddProgram(tool, "gh", "[ \"$1\" = api ] && exit 0\necho 'no network' >&2; exit 1");
        string[] rotate = ["keys", "rotate", old.Id, "--overlap", "0s", "--to", "file:key", "--to", "github:octo/shop#KEY"];

        var failed = (await tool.RunAsync(rotate)).Requires(5);
        Assert.Contains("gh secret set failed: no network", failed.Error, StringComparison.Ordinal);
        Assert.Contains($"run `node-data keys rotate {old.Id} --abort`", failed.Error, StringComparison.Ordinal);
        Assert.Contains($"file {tool.PathOf("key")}", failed.Error.Split("; done: ")[1], StringComparison.Ordinal);
        Assert.Single(failed.Error.Split("no network")[1..]);
        Assert.DoesNotMatch("Async|ApiKeyRotationOptions|this client|Exception", failed.Error);
        Assert.Equal(old.Id, await Doubles.Keys.IdOfAsync(emulator, old.Reveal()));

        SinkTool.AddProgram(tool, "gh", "[ \"$1\" = api ] && exit 0\ncat > \"$HOME/stored\"");
        (await tool.RunAsync(rotate)).Requires(0);
        var secret = await SecretInAsync(tool);
        Assert.Equal(secret, await File.ReadAllTextAsync(Path.Combine(tool.Home, "stored"), Token));
        Assert.Single(await Doubles.Keys.MadeAsync(emulator), key => key.Status == ApiKeyStatus.Active);
    }

    [Fact]
    public async Task The_key_in_use_is_rotated_in_the_place_that_it_comes_from()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        var own = await Doubles.Keys.MakeAsync(emulator, new CreateApiKeyOptions("own"));
        using var tool = Tool.For(emulator);
        tool.Variables.Remove("NODE_DATA_API_KEY");
        await File.WriteAllTextAsync(tool.PathOf(".env.local"), $"NODE_DATA_API_KEY={own.Reveal()}\n", Token);

        (await tool.RunAsync("keys", "rotate")).Requires(2).Says("--to 'env-local'");
        var result = (await tool.RunAsync("keys", "rotate", "--overlap", "1s", "--to", "env-local")).Requires(0);

        Assert.DoesNotContain("warning", result.Error, StringComparison.Ordinal);
        Assert.Null(await Doubles.Keys.IdOfAsync(emulator, own.Reveal()));
        Assert.Contains("own~", (await tool.RunAsync("keys", "list")).Requires(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_place_of_the_key_in_use_would_be_left_behind_that_is_said()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        var own = await Doubles.Keys.MakeAsync(emulator, new CreateApiKeyOptions("own"));
        using var tool = Tool.For(emulator);
        await File.WriteAllTextAsync(tool.PathOf("key"), own.Reveal(), Token);
        File.SetUnixFileMode(tool.PathOf("key"), UnixFileMode.UserRead | UnixFileMode.UserWrite);

        var result = (await tool.RunAsync("keys", "rotate", "--key-file", "key", "--overlap", "1s", "--to", "file:other")).Requires(0);

        Assert.Contains($"warning: the key in use comes from --key-file", result.Error, StringComparison.Ordinal);
        Assert.Contains($"--to 'file:{tool.PathOf("key")}'", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Standard_output_gets_the_secret_when_asked_and_never_together_with_json()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);
        var old = await MakeAsync(emulator, tool);

        (await tool.RunAsync("keys", "rotate", old.Id, "--to", "stdout", "--json")).Requires(2).Says("--json");
        (await tool.RunAsync("keys", "rotate", old.Id)).Requires(2).Says("--to");
        var result = (await tool.RunAsync("keys", "rotate", old.Id, "--overlap", "0s", "--print-secret")).Requires(0);

        Assert.NotNull(await Doubles.Keys.IdOfAsync(emulator, Assert.Single(result.Lines)));
    }

    [Theory]
    [InlineData("--dry-run and --no-wait cannot", "--dry-run", "--no-wait")]
    [InlineData("no length of time", "--overlap", "tomorrow")]
    [InlineData("There is no rotation of", "--resume")]
    [InlineData("no place for a key", "--to", "nowhere")]
    public async Task What_cannot_be_is_refused_before_anything_is_sent(string why, params string[] options)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);

        (await tool.RunAsync(["keys", "rotate", "key_1", .. options])).Requires(2).Says(why);

        Assert.Empty(emulator.Requests);
    }

    [Fact]
    public async Task A_key_that_cannot_be_rotated_is_refused_with_nothing_done()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);
        var old = await MakeAsync(emulator, tool);
        (await tool.RunAsync("keys", "revoke", old.Id)).Requires(0);

        (await tool.RunAsync("keys", "rotate", old.Id, "--to", "file:key"))
            .Requires(1)
            .Says("revoked already", "keys create", "Nothing was done");
        (await tool.RunAsync("keys", "rotate", "key_unknown", "--to", "file:key")).Requires(1).Says("404");
        Assert.Equal(old.Reveal(), await SecretInAsync(tool));
    }

    private static async Task<CreatedApiKey> MakeAsync(NodeDataEmulator emulator, Tool tool)
    {
        var key = await Doubles.Keys.MakeAsync(emulator, new CreateApiKeyOptions("ci") { ExpiresIn = TimeSpan.FromDays(90) });
        await File.WriteAllTextAsync(tool.PathOf("key"), key.Reveal(), Token);
        return key;
    }

    private static async Task<string> SecretInAsync(Tool tool) => (await File.ReadAllTextAsync(tool.PathOf("key"), Token)).Trim();
}
