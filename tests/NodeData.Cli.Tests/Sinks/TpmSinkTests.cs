using NodeData.Cli.Tests.Doubles;
using NodeData.Emulator;
using NodeData.Sdk;
using NodeData.Sdk.Tpm.Tests.Doubles;

namespace NodeData.Cli.Tests.Sinks;

/// <summary>With the real tpm2-tools and a software TPM.</summary>
public sealed class TpmSinkTests
{
    private const string Index = "0x01500016";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_key_is_written_once_locked_for_good_and_the_tool_runs_on_it()
    {
        await using var tpm = await Swtpm.StartAsync();
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = For(emulator, tpm);

        var made = (await tool.RunAsync("keys", "create", "--name", "robot-7", "--to", $"tpm:{Index}", "--json")).Requires(0);

        var id = made.Json.GetProperty("id").GetString();
        await tpm.RestartAsync();
        tool.Variables["NODE_DATA_TPM"] = tpm.Address;
        tool.Variables["NODE_DATA_API_KEY"] = $"tpm:{Index}";
        Assert.Equal(id, (await tool.RunAsync("me", "--json")).Requires(0).Json.GetProperty("key").GetProperty("id").GetString());
    }

    [Fact]
    public async Task With_the_passwords_of_owner_and_index_both_are_used_and_no_argument_has_them()
    {
        await using var tpm = await Swtpm.StartAsync();
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = For(emulator, tpm);
        await tpm.ToolAsync("tpm2_changeauth -c owner owners-own");
        tool.Variables["OWNER"] = "owners-own";
        tool.Variables["NODE_DATA_TPM_OWNER_AUTHORIZATION"] = "env:OWNER";
        tool.Variables["NODE_DATA_TPM_AUTHORIZATION"] = $"file:{tpm.FileOf(Swtpm.Password + "\n")}";

        var made = (await tool.RunAsync("keys", "create", "--name", "robot-7", "--to", $"tpm:{Index}", "--json")).Requires(0);

        tool.Variables["NODE_DATA_API_KEY"] = $"tpm:{Index}";
        var me = (await tool.RunAsync("me", "--json")).Requires(0).Json;
        Assert.Equal(made.Json.GetProperty("id").GetString(), me.GetProperty("key").GetProperty("id").GetString());
        tool.Variables.Remove("NODE_DATA_TPM_AUTHORIZATION");
        (await tool.RunAsync("me")).Requires(2);
    }

    [Fact]
    public async Task An_index_in_use_a_wrong_one_and_a_tpm_that_is_not_there_are_found_before_there_is_a_key()
    {
        await using var tpm = await Swtpm.StartAsync();
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = For(emulator, tpm);
        await tpm.DefineAsync(Index, "ownerwrite|authread");

        (await tool.RunAsync("keys", "create", "--name", "x", "--to", $"tpm:{Index}")).Requires(2).Says("in use", "tpm2_nvundefine");
        (await tool.RunAsync("keys", "create", "--name", "x", "--to", "tpm:0x81010001")).Requires(2).Says("tpm:0x01500000");
        tool.Variables["NODE_DATA_TPM"] = "device:/dev/null/tpm";
        (await tool.RunAsync("keys", "create", "--name", "x", "--to", "tpm:0x01500017")).Requires(2).Says("cannot be asked", "/dev/tpmrm0");

        Assert.Empty(emulator.Requests);
    }

    [Fact]
    public async Task A_rotation_into_a_new_index_is_gone_on_with_by_the_same_command()
    {
        await using var tpm = await Swtpm.StartAsync();
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = For(emulator, tpm);
        var old = await Doubles.Keys.MakeAsync(emulator, new CreateApiKeyOptions("robot-7"));
        string[] rotate = ["keys", "rotate", old.Id, "--to", $"tpm:{Index}"];

        var begun = (await tool.RunAsync([.. rotate, "--overlap", "1h", "--no-wait", "--json"])).Requires(0).Json;
        var done = (await tool.RunAsync([.. rotate, "--compromised", "--json"])).Requires(0).Json;

        Assert.True(done.GetProperty("completed").GetBoolean());
        tool.Variables["NODE_DATA_API_KEY"] = $"tpm:{Index}";
        var me = (await tool.RunAsync("me", "--json")).Requires(0).Json;
        Assert.Equal(begun.GetProperty("new_key_id").GetString(), me.GetProperty("key").GetProperty("id").GetString());
        Assert.Null(await Doubles.Keys.IdOfAsync(emulator, old.Reveal()));
    }

    [Fact]
    public async Task A_wrong_owners_password_leaves_no_index_and_no_key()
    {
        await using var tpm = await Swtpm.StartAsync();
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = For(emulator, tpm);
        await tpm.ToolAsync("tpm2_changeauth -c owner owners-own");

        var result = await tool.RunAsync("keys", "create", "--name", "x", "--to", $"tpm:{Index}");

        result.Requires(1).Says("tpm2_nvdefine failed", "was revoked");
        Assert.Equal(ApiKeyStatus.Revoked, Assert.Single(await Doubles.Keys.MadeAsync(emulator)).Status);
    }

    private static Tool For(NodeDataEmulator emulator, Swtpm tpm)
    {
        var tool = Tool.For(emulator);
        tool.Variables["NODE_DATA_TPM"] = tpm.Address;
        return tool;
    }
}
