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
    public async Task The_new_key_is_deployed_and_the_old_one_is_revoked_after_the_overlap()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);
        var old = await CreateKeyAsync(emulator, tool);

        var result = (await tool.RunAsync("keys", "rotate", old.Id, "--overlap", "1s", "--to", "file:key")).RequireExitCode(0);

        var secret = await ReadSecretAsync(tool);
        var id = await Doubles.Keys.GetIdAsync(emulator, secret);
        Assert.NotNull(id);
        Assert.NotEqual(old.Id, id);
        Assert.Null(await Doubles.Keys.GetIdAsync(emulator, old.Reveal()));
        Assert.Contains("stage\tcompleted", result.Lines);
        Assert.Contains($"new key\t{id}", result.Lines);
        string[] steps = ["Started", "Creating the key", "Deploying", "both keys are valid", "The old key is revoked"];
        Assert.All(steps, step => Assert.Contains(step, result.Error, StringComparison.Ordinal));
        Assert.DoesNotContain(secret, result.Output + result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rotation_started_with_no_wait_is_resumed_later()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);
        var old = await CreateKeyAsync(emulator, tool);

        var started = (
            await tool.RunAsync("keys", "rotate", old.Id, "--overlap", "1h", "--to", "file:key", "--no-wait", "--json")
        ).RequireExitCode(0);
        var early = (await tool.RunAsync("keys", "rotate", old.Id, "--resume", "--json")).RequireExitCode(5);
        Assert.Equal(old.Id, await Doubles.Keys.GetIdAsync(emulator, old.Reveal()));
        var completed = (await tool.RunAsync("keys", "rotate", "--resume", "--compromised", "--json")).RequireExitCode(0).Json;

        Assert.Equal("overlapping", started.Json.GetProperty("stage").GetString());
        Assert.Contains($"keys rotate {old.Id} --resume", started.Error, StringComparison.Ordinal);
        Assert.Contains(early.Json.GetProperty("overlap_ends_at").GetString()!, early.Error, StringComparison.Ordinal);
        Assert.True(completed.GetProperty("completed").GetBoolean());
        Assert.Equal(started.Json.GetProperty("new_key_id").GetString(), completed.GetProperty("new_key_id").GetString());
        Assert.Null(await Doubles.Keys.GetIdAsync(emulator, old.Reveal()));
        Assert.Equal(completed.GetProperty("new_key_id").GetString(), await Doubles.Keys.GetIdAsync(emulator, await ReadSecretAsync(tool)));
    }

    [Fact]
    public async Task Roll_back_restores_the_old_key()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);
        var old = await CreateKeyAsync(emulator, tool);
        (await tool.RunAsync("keys", "rotate", old.Id, "--to", "file:key", "--no-wait")).RequireExitCode(0);
        var newSecret = await ReadSecretAsync(tool);

        (await tool.RunAsync("keys", "rotate", old.Id, "--roll-back")).RequireExitCode(2).RequireError("must be restored", "--to");
        (await tool.RunAsync("keys", "rotate", old.Id, "--roll-back", "--to", "file:key"))
            .RequireExitCode(5)
            .RequireError("--old-key-file", "Nothing was done");
        var rollBack = new[] { "keys", "rotate", old.Id, "--roll-back", "--overlap", "0s", "--to", "file:key", "--old-key-file", "-" };
        var result = (await tool.RunAsync(rollBack, old.Reveal())).RequireExitCode(0);

        Assert.Contains("stage\trolled_back", result.Lines);
        Assert.Equal(old.Reveal(), await ReadSecretAsync(tool));
        Assert.Equal(old.Id, await Doubles.Keys.GetIdAsync(emulator, old.Reveal()));
        Assert.Null(await Doubles.Keys.GetIdAsync(emulator, newSecret));
    }

    [Fact]
    public async Task A_dry_run_changes_nothing()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);
        var old = await CreateKeyAsync(emulator, tool);
        var before = emulator.Requests.Count;

        var text = (await tool.RunAsync("keys", "rotate", old.Id, "--dry-run", "--overlap", "2h")).RequireExitCode(0).Output;
        var preview = (await tool.RunAsync("keys", "rotate", old.Id, "--dry-run", "--to", "file:key", "--json")).RequireExitCode(0).Json;

        Assert.Contains("5. overlap  02:00:00", text, StringComparison.Ordinal);
        Assert.Contains("set one with --to", text, StringComparison.Ordinal);
        Assert.Equal((old.Id, 86400), (preview.GetProperty("old_key_id").GetString(), preview.GetProperty("overlap_seconds").GetInt32()));
        Assert.False(preview.GetProperty("rotates_command_key").GetBoolean());
        Assert.DoesNotContain(emulator.Requests.Skip(before), request => request.Method != "GET");
        Assert.Equal(old.Reveal(), await ReadSecretAsync(tool));
    }

    [Fact]
    public async Task Ctrl_c_during_the_overlap_keeps_both_keys_and_shows_how_to_resume()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);
        var old = await CreateKeyAsync(emulator, tool);
        await using var session = ToolSession.StartInTerminal(tool, "keys", "rotate", old.Id, "--overlap", "1h", "--to", "file:key");

        await session.WaitForAsync("Both keys work for another 0:59:");
        await session.TypeAsync("\u0003");

        Assert.Equal(130, await session.WaitForExitAsync());
        Assert.Contains("Interrupted during the overlap. Both keys work until", session.Output, StringComparison.Ordinal);
        Assert.Contains($"node-data keys rotate {old.Id} --resume", session.Output, StringComparison.Ordinal);
        Assert.Equal(old.Id, await Doubles.Keys.GetIdAsync(emulator, old.Reveal()));
        Assert.NotNull(await Doubles.Keys.GetIdAsync(emulator, await ReadSecretAsync(tool)));
        (await tool.RunAsync("keys", "rotate", old.Id, "--resume")).RequireExitCode(5);
    }

    [Fact]
    public async Task In_a_terminal_the_key_in_use_is_rotated_only_after_confirmation()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        var currentKey = await Doubles.Keys.CreateAsync(emulator, new CreateApiKeyOptions("own"));
        using var tool = Tool.For(emulator, currentKey.Secret);
        await using var session = ToolSession.StartInTerminal(tool, "keys", "rotate", "--to", "file:key");

        await session.WaitForAsync("the key that the command uses");
        await session.TypeAsync("n\r");

        Assert.Equal(1, await session.WaitForExitAsync());
        Assert.Contains("Nothing was done", session.Output, StringComparison.Ordinal);
        Assert.Single(await Doubles.Keys.ListCreatedAsync(emulator));
    }

    [Fact]
    public async Task A_failed_sink_keeps_both_keys_and_shows_the_commands_to_resume_or_roll_back()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);
        var old = await CreateKeyAsync(emulator, tool);
        SinkTool.AddProgram(tool, "gh", "[ \"$1\" = api ] && exit 0\necho 'no network' >&2; exit 1");
        string[] rotate = ["keys", "rotate", old.Id, "--overlap", "0s", "--to", "file:key", "--to", "github:octo/shop#KEY"];

        var failed = (await tool.RunAsync(rotate)).RequireExitCode(5);
        Assert.Contains("gh secret set failed: no network", failed.Error, StringComparison.Ordinal);
        Assert.Contains($"run `node-data keys rotate {old.Id} --roll-back`", failed.Error, StringComparison.Ordinal);
        Assert.Contains($"file {tool.GetPath("key")}", failed.Error.Split("; completed: ")[1], StringComparison.Ordinal);
        Assert.Single(failed.Error.Split("no network")[1..]);
        Assert.DoesNotMatch("Async|KeyRotationOptions|this client|Exception", failed.Error);
        Assert.Equal(old.Id, await Doubles.Keys.GetIdAsync(emulator, old.Reveal()));

        SinkTool.AddProgram(tool, "gh", "[ \"$1\" = api ] && exit 0\ncat > \"$HOME/stored\"");
        (await tool.RunAsync(rotate)).RequireExitCode(0);
        var secret = await ReadSecretAsync(tool);
        Assert.Equal(secret, await File.ReadAllTextAsync(Path.Combine(tool.Home, "stored"), Token));
        Assert.Single(await Doubles.Keys.ListCreatedAsync(emulator), key => key.Status == ApiKeyStatus.Active);
    }

    [Fact]
    public async Task The_key_in_use_is_rotated_in_its_source()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        var currentKey = await Doubles.Keys.CreateAsync(emulator, new CreateApiKeyOptions("own"));
        using var tool = Tool.For(emulator);
        tool.Variables.Remove("NODE_DATA_API_KEY");
        await File.WriteAllTextAsync(tool.GetPath(".env.local"), $"NODE_DATA_API_KEY={currentKey.Reveal()}\n", Token);

        (await tool.RunAsync("keys", "rotate")).RequireExitCode(2).RequireError("--to 'env-local'");
        var result = (await tool.RunAsync("keys", "rotate", "--overlap", "1s", "--to", "env-local")).RequireExitCode(0);

        Assert.DoesNotContain("warning", result.Error, StringComparison.Ordinal);
        Assert.Null(await Doubles.Keys.GetIdAsync(emulator, currentKey.Reveal()));
        Assert.Contains("own~", (await tool.RunAsync("keys", "list")).RequireExitCode(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Omitting_the_sink_of_the_key_in_use_is_a_warning()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        var currentKey = await Doubles.Keys.CreateAsync(emulator, new CreateApiKeyOptions("own"));
        using var tool = Tool.For(emulator);
        await File.WriteAllTextAsync(tool.GetPath("key"), currentKey.Reveal(), Token);
        File.SetUnixFileMode(tool.GetPath("key"), UnixFileMode.UserRead | UnixFileMode.UserWrite);

        var result = (await tool.RunAsync("keys", "rotate", "--key-file", "key", "--overlap", "1s", "--to", "file:other")).RequireExitCode(
            0
        );

        Assert.Contains($"warning: the key that the command uses comes from --key-file", result.Error, StringComparison.Ordinal);
        Assert.Contains($"--to 'file:{tool.GetPath("key")}'", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_secret_is_printed_on_request_and_never_with_json()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);
        var old = await CreateKeyAsync(emulator, tool);

        (await tool.RunAsync("keys", "rotate", old.Id, "--to", "stdout", "--json")).RequireExitCode(2).RequireError("--json");
        (await tool.RunAsync("keys", "rotate", old.Id)).RequireExitCode(2).RequireError("--to");
        var result = (await tool.RunAsync("keys", "rotate", old.Id, "--overlap", "0s", "--print-secret")).RequireExitCode(0);

        Assert.NotNull(await Doubles.Keys.GetIdAsync(emulator, Assert.Single(result.Lines)));
    }

    [Theory]
    [InlineData("--dry-run and --no-wait cannot", "--dry-run", "--no-wait")]
    [InlineData("not a valid duration", "--overlap", "tomorrow")]
    [InlineData("There is no rotation of", "--resume")]
    [InlineData("is not a sink", "--to", "nowhere")]
    public async Task Invalid_options_are_rejected_before_anything_is_sent(string reason, params string[] options)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);

        (await tool.RunAsync(["keys", "rotate", "key_1", .. options])).RequireExitCode(2).RequireError(reason);

        Assert.Empty(emulator.Requests);
    }

    [Fact]
    public async Task A_key_that_cannot_be_rotated_is_rejected_without_changes()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);
        var old = await CreateKeyAsync(emulator, tool);
        (await tool.RunAsync("keys", "revoke", old.Id)).RequireExitCode(0);

        (await tool.RunAsync("keys", "rotate", old.Id, "--to", "file:key"))
            .RequireExitCode(1)
            .RequireError("already revoked", "keys create", "Nothing was done");
        (await tool.RunAsync("keys", "rotate", "key_unknown", "--to", "file:key")).RequireExitCode(1).RequireError("404");
        Assert.Equal(old.Reveal(), await ReadSecretAsync(tool));
    }

    private static async Task<CreatedApiKey> CreateKeyAsync(NodeDataEmulator emulator, Tool tool)
    {
        var key = await Doubles.Keys.CreateAsync(emulator, new CreateApiKeyOptions("ci") { ExpiresIn = TimeSpan.FromDays(90) });
        await File.WriteAllTextAsync(tool.GetPath("key"), key.Reveal(), Token);
        return key;
    }

    private static async Task<string> ReadSecretAsync(Tool tool) => (await File.ReadAllTextAsync(tool.GetPath("key"), Token)).Trim();
}
