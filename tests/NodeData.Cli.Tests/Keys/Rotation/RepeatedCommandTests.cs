using System.Globalization;
using System.Runtime.Versioning;
using NodeData.Cli.Tests.Doubles;
using NodeData.Emulator;
using NodeData.Sdk;

namespace NodeData.Cli.Tests.Keys.Rotation;

/// <summary>The key in use is rotated without an id: a command that was interrupted finds its rotation again, and a completed rotation is over.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class RepeatedCommandTests
{
    private const string Waiting = "Both keys are valid until";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, bool, string> Interruptions
    {
        get
        {
            var data = new TheoryData<string, bool, string>();
            foreach (var source in KeySource.Names)
            {
                data.Add("TERM", false, source);
                data.Add("KILL", false, source);
                data.Add("TERM", true, source);
                data.Add("KILL", true, source);
            }

            return data;
        }
    }

    public static TheoryData<string> Sources => [.. KeySource.Names];

    [Theory]
    [MemberData(nameof(Interruptions))]
    public async Task A_command_interrupted_in_the_overlap_and_repeated_revokes_the_key_that_it_started_with(
        string signal,
        bool isCompromised,
        string source
    )
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);
        var old = await Doubles.Keys.CreateAsync(emulator, new CreateApiKeyOptions("own"));
        var keys = await KeySource.SetAsync(tool, source, old.Reveal());
        string[] command =
        [
            "keys",
            "rotate",
            .. keys.Arguments,
            "--overlap",
            "1h",
            .. isCompromised ? ["--compromised"] : Array.Empty<string>(),
        ];

        for (var run = 1; run <= 3; run++)
        {
            Assert.NotEqual(0, await InterruptInOverlapAsync(tool, signal, command));
            Assert.Equal(2, (await ListActiveKeysAsync(emulator)).Count);
        }

        await RotationStoreFile.EndOverlapsAsync(RotationStoreFile.GetDefaultFolder(tool));
        (await tool.RunAsync(command)).RequireExitCode(0);

        var active = Assert.Single(await ListActiveKeysAsync(emulator));
        Assert.NotEqual(old.Id, active.Id);
        Assert.Equal(active.Id, await Doubles.Keys.GetIdAsync(emulator, await keys.ReadAsync()));
    }

    [Fact]
    public async Task The_rotation_is_found_again_if_the_variable_has_the_new_key_meanwhile()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        var old = await Doubles.Keys.CreateAsync(emulator, new CreateApiKeyOptions("own"));
        using var tool = Tool.For(emulator, old.Secret);
        string[] command = ["keys", "rotate", "--overlap", "1h", "--to", "file:key", "--store", "records"];
        await InterruptInOverlapAsync(tool, "KILL", command);
        // The variable still has the old key.
        await InterruptInOverlapAsync(tool, "KILL", command);
        tool.Variables["NODE_DATA_API_KEY"] = (await File.ReadAllTextAsync(tool.GetPath("key"), Token)).Trim();

        var preview = (await tool.RunAsync([.. command, "--dry-run", "--json"])).RequireExitCode(0);
        await RotationStoreFile.EndOverlapsAsync(tool.GetPath("records"));
        var result = (await tool.RunAsync([.. command, "--json"])).RequireExitCode(0);

        Assert.Equal(old.Id, preview.Json.GetProperty("old_key_id").GetString());
        Assert.Equal(result.Json.GetProperty("rotation_id").GetString(), preview.Json.GetProperty("unfinished_rotation_id").GetString());
        Assert.Equal(old.Id, result.Json.GetProperty("old_key_id").GetString());
        Assert.Equal(result.Json.GetProperty("new_key_id").GetString(), Assert.Single(await ListActiveKeysAsync(emulator)).Id);
    }

    [Fact]
    public async Task Of_two_unfinished_rotations_that_of_the_key_in_use_is_resumed()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);
        var other = await Doubles.Keys.CreateAsync(emulator, new CreateApiKeyOptions("other"));
        (await tool.RunAsync("keys", "rotate", other.Id, "--overlap", "1h", "--to", "file:other", "--no-wait")).RequireExitCode(0);
        var old = await Doubles.Keys.CreateAsync(emulator, new CreateApiKeyOptions("own"));
        var keys = await KeySource.SetAsync(tool, ".env.local", old.Reveal());
        string[] command = ["keys", "rotate", .. keys.Arguments, "--overlap", "1h"];
        await InterruptInOverlapAsync(tool, "TERM", command);

        var result = (await tool.RunAsync([.. command[..^2], "--compromised", "--json"])).RequireExitCode(0);

        Assert.Equal(old.Id, result.Json.GetProperty("old_key_id").GetString());
        var active = await ListActiveKeysAsync(emulator);
        Assert.Equal(3, active.Count);
        Assert.Contains(active, key => key.Id == other.Id);
        Assert.DoesNotContain(active, key => key.Id == old.Id);
    }

    [Fact]
    public async Task A_rotation_that_is_rolled_back_is_found_again_and_not_replaced_by_another()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);
        var old = await Doubles.Keys.CreateAsync(emulator, new CreateApiKeyOptions("own"));
        var keys = await KeySource.SetAsync(tool, "--key-file", old.Reveal());
        (await tool.RunAsync(["keys", "rotate", .. keys.Arguments, "--overlap", "1h", "--no-wait"])).RequireExitCode(0);
        var newKey = await keys.ReadAsync();
        string[] rollBack = ["keys", "rotate", "--roll-back", .. keys.Arguments, "--overlap", "1h", "--old-key-file", "old"];
        await File.WriteAllTextAsync(tool.GetPath("old"), old.Reveal(), Token);
        File.SetUnixFileMode(tool.GetPath("old"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await using (var session = new ToolSession(tool.CreateStartInfo(Tool.Program, rollBack)))
        {
            await session.WaitForAsync("The old key is restored");
            await KillAsync(tool, "KILL", session);
        }

        foreach (var keyInUse in new[] { old.Reveal(), newKey })
        {
            await File.WriteAllTextAsync(tool.GetPath("key"), keyInUse, Token);
            var rejected = (await tool.RunAsync(["keys", "rotate", .. keys.Arguments])).RequireExitCode(5);
            Assert.Contains($"node-data keys rotate {old.Id} --roll-back", rejected.Error, StringComparison.Ordinal);
            Assert.Equal(2, (await ListActiveKeysAsync(emulator)).Count);
        }
    }

    [Fact]
    public async Task The_new_key_of_an_unfinished_rotation_is_not_rotated_by_its_id()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);
        var old = await Doubles.Keys.CreateAsync(emulator, new CreateApiKeyOptions("ci"));
        string[] options = ["--to", "file:key", "--store", "records"];
        var started = (await tool.RunAsync(["keys", "rotate", old.Id, .. options, "--no-wait", "--json"])).RequireExitCode(0);

        var newKeyId = started.Json.GetProperty("new_key_id").GetString()!;
        (await tool.RunAsync(["keys", "rotate", newKeyId, .. options]))
            .RequireExitCode(5)
            .RequireError(
                $"{newKeyId} was not rotated",
                $"`node-data keys rotate {old.Id} --resume --store 'records'`",
                "Nothing was done"
            );

        Assert.Equal(2, (await ListActiveKeysAsync(emulator)).Count);
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task A_rotation_whose_store_is_lost_is_not_followed_by_one_of_its_new_key(string source)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);
        var old = await Doubles.Keys.CreateAsync(emulator, new CreateApiKeyOptions("own"));
        var keys = await KeySource.SetAsync(tool, source, old.Reveal());
        string[] command = ["keys", "rotate", .. keys.Arguments, "--overlap", "1h"];
        await InterruptInOverlapAsync(tool, "KILL", command);
        Directory.Delete(RotationStoreFile.GetDefaultFolder(tool), recursive: true);

        (await tool.RunAsync(command)).RequireExitCode(1).RequireError($"node-data keys revoke {old.Id}", "--store", "Nothing was done");
        Assert.Equal(2, (await ListActiveKeysAsync(emulator)).Count);

        // What the message says ends it; then the key in use can be rotated.
        (await tool.RunAsync(["keys", "revoke", old.Id, .. keys.KeyOptions])).RequireExitCode(0);
        (await tool.RunAsync(["keys", "rotate", .. keys.Arguments, "--compromised"])).RequireExitCode(0);
        Assert.Equal(
            Assert.Single(await ListActiveKeysAsync(emulator)).Id,
            await Doubles.Keys.GetIdAsync(emulator, await keys.ReadAsync())
        );
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_completed_rotation_repeated_by_id_is_an_error_that_names_the_new_key(bool hasStore)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);
        var old = await Doubles.Keys.CreateAsync(emulator, new CreateApiKeyOptions("ci"));
        var completed = (await tool.RunAsync("keys", "rotate", old.Id, "--overlap", "0s", "--to", "file:key", "--json")).RequireExitCode(0);
        if (!hasStore)
        {
            Directory.Delete(RotationStoreFile.GetDefaultFolder(tool), recursive: true);
        }

        var repeated = (await tool.RunAsync("keys", "rotate", old.Id, "--overlap", "0s", "--to", "file:other")).RequireExitCode(1);
        var preview = (await tool.RunAsync("keys", "rotate", old.Id, "--dry-run")).RequireExitCode(1);

        Assert.Equal(
            $"node-data: {old.Id} was not rotated: the rotation is completed, and the old key is permanently revoked. Rotate the new key instead: "
                + $"{completed.Json.GetProperty("new_key_id").GetString()}. Nothing was done.\n",
            repeated.Error
        );
        Assert.Equal(repeated.Error, preview.Error);
        Assert.False(File.Exists(tool.GetPath("other")));
    }

    [Fact]
    public async Task After_a_completed_rotation_the_command_without_an_id_rotates_the_key_now_in_use()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);
        var old = await Doubles.Keys.CreateAsync(emulator, new CreateApiKeyOptions("own"));
        var keys = await KeySource.SetAsync(tool, ".env.local", old.Reveal());
        string[] command = ["keys", "rotate", .. keys.Arguments, "--compromised", "--json"];

        var first = (await tool.RunAsync(command)).RequireExitCode(0).Json;
        var second = (await tool.RunAsync(command)).RequireExitCode(0).Json;

        Assert.Equal(first.GetProperty("new_key_id").GetString(), second.GetProperty("old_key_id").GetString());
        Assert.Equal(second.GetProperty("new_key_id").GetString(), Assert.Single(await ListActiveKeysAsync(emulator)).Id);
    }

    /// <summary>Runs the tool until it waits for the end of the overlap, sends it a signal, and returns its exit code.</summary>
    private static async Task<int> InterruptInOverlapAsync(Tool tool, string signal, string[] command)
    {
        await using var session = new ToolSession(tool.CreateStartInfo(Tool.Program, command));
        await session.WaitForAsync(Waiting);
        return await KillAsync(tool, signal, session);
    }

    private static async Task<int> KillAsync(Tool tool, string signal, ToolSession session)
    {
        (await tool.RunProgramAsync("kill", "-s", signal, session.ProcessId.ToString(CultureInfo.InvariantCulture))).RequireExitCode(0);
        return await session.WaitForExitAsync();
    }

    private static async Task<List<ApiKeyInfo>> ListActiveKeysAsync(NodeDataEmulator emulator) =>
        (await Doubles.Keys.ListCreatedAsync(emulator)).FindAll(key => key.Status == ApiKeyStatus.Active);
}
