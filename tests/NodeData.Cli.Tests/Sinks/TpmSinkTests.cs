using NodeData.Cli.Tests.Doubles;
using NodeData.Emulator;
using NodeData.Sdk;
using NodeData.Sdk.Tpm.Tests.Doubles;

namespace NodeData.Cli.Tests.Sinks;

/// <summary>Runs the real tpm2-tools with a software TPM.</summary>
public sealed class TpmSinkTests
{
    private const string Index = "0x01500016";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_key_is_written_once_and_locked_and_the_tool_can_use_it()
    {
        await using var tpm = await Swtpm.StartAsync();
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = For(emulator, tpm);

        var made = (await tool.RunAsync("keys", "create", "--name", "robot-7", "--to", $"tpm:{Index}", "--json")).RequireExitCode(0);

        var id = made.Json.GetProperty("id").GetString();
        await tpm.RestartAsync();
        tool.Variables["NODE_DATA_TPM"] = tpm.Address;
        tool.Variables["NODE_DATA_API_KEY"] = $"tpm:{Index}";
        Assert.Equal(id, (await tool.RunAsync("me", "--json")).RequireExitCode(0).Json.GetProperty("key").GetProperty("id").GetString());
    }

    [Fact]
    public async Task The_passwords_of_the_owner_and_the_index_are_used()
    {
        await using var tpm = await Swtpm.StartAsync();
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = For(emulator, tpm);
        await tpm.RunToolAsync("tpm2_changeauth -c owner owners-own");
        tool.Variables["OWNER"] = "owners-own";
        tool.Variables["NODE_DATA_TPM_OWNER_AUTHORIZATION"] = "env:OWNER";
        tool.Variables["NODE_DATA_TPM_AUTHORIZATION"] = $"file:{tpm.CreateFile(Swtpm.Password + "\n")}";

        var made = (await tool.RunAsync("keys", "create", "--name", "robot-7", "--to", $"tpm:{Index}", "--json")).RequireExitCode(0);

        tool.Variables["NODE_DATA_API_KEY"] = $"tpm:{Index}";
        var me = (await tool.RunAsync("me", "--json")).RequireExitCode(0).Json;
        Assert.Equal(made.Json.GetProperty("id").GetString(), me.GetProperty("key").GetProperty("id").GetString());
        tool.Variables.Remove("NODE_DATA_TPM_AUTHORIZATION");
        (await tool.RunAsync("me")).RequireExitCode(2);
    }

    [Fact]
    public async Task An_index_in_use_an_invalid_index_and_a_missing_tpm_prevent_creating_a_key()
    {
        await using var tpm = await Swtpm.StartAsync();
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = For(emulator, tpm);
        await tpm.DefineIndexAsync(Index, "ownerwrite|authread");

        (await tool.RunAsync("keys", "create", "--name", "x", "--to", $"tpm:{Index}"))
            .RequireExitCode(2)
            .RequireError("in use", "tpm2_nvundefine");
        (await tool.RunAsync("keys", "create", "--name", "x", "--to", "tpm:0x81010001")).RequireExitCode(2).RequireError("tpm:0x01500000");
        tool.Variables["NODE_DATA_TPM"] = "device:/dev/null/tpm";
        (await tool.RunAsync("keys", "create", "--name", "x", "--to", "tpm:0x01500017"))
            .RequireExitCode(2)
            .RequireError("cannot be accessed", "/dev/tpmrm0");

        Assert.Empty(emulator.Requests);
    }

    [Fact]
    public async Task The_same_command_resumes_a_rotation_into_a_new_index()
    {
        await using var tpm = await Swtpm.StartAsync();
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = For(emulator, tpm);
        var old = await Doubles.Keys.CreateAsync(emulator, new CreateApiKeyOptions("robot-7"));
        string[] rotate = ["keys", "rotate", old.Id, "--to", $"tpm:{Index}"];

        var started = (await tool.RunAsync([.. rotate, "--overlap", "1h", "--no-wait", "--json"])).RequireExitCode(0).Json;
        var completed = (await tool.RunAsync([.. rotate, "--compromised", "--json"])).RequireExitCode(0).Json;

        Assert.True(completed.GetProperty("completed").GetBoolean());
        tool.Variables["NODE_DATA_API_KEY"] = $"tpm:{Index}";
        var me = (await tool.RunAsync("me", "--json")).RequireExitCode(0).Json;
        Assert.Equal(started.GetProperty("new_key_id").GetString(), me.GetProperty("key").GetProperty("id").GetString());
        Assert.Null(await Doubles.Keys.GetIdAsync(emulator, old.Reveal()));
    }

    [Fact]
    public async Task A_wrong_owner_password_leaves_no_index_and_no_active_key()
    {
        await using var tpm = await Swtpm.StartAsync();
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = For(emulator, tpm);
        await tpm.RunToolAsync("tpm2_changeauth -c owner owners-own");

        var result = await tool.RunAsync("keys", "create", "--name", "x", "--to", $"tpm:{Index}");

        result.RequireExitCode(1).RequireError("tpm2_nvdefine failed", "was revoked");
        Assert.Equal(ApiKeyStatus.Revoked, Assert.Single(await Doubles.Keys.ListCreatedAsync(emulator)).Status);
    }

    private static Tool For(NodeDataEmulator emulator, Swtpm tpm)
    {
        var tool = Tool.For(emulator);
        tool.Variables["NODE_DATA_TPM"] = tpm.Address;
        return tool;
    }
}
