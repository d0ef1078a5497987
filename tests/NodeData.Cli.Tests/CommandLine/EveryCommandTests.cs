using NodeData.Cli.CommandLine;
using NodeData.Cli.Completion;
using NodeData.Cli.Output;
using NodeData.Cli.Tests.Doubles;
using NodeData.Emulator;
using NodeData.Sdk;
using NodeData.Sdk.Webhooks;

namespace NodeData.Cli.Tests.CommandLine;

/// <summary>Tests that apply to every command that calls the service.</summary>
public sealed class EveryCommandTests
{
    // Commands that do not need the service, or that report its absence in their own output (doctor, scan).
    private static readonly string[] WithoutService =
    [
        "completion",
        "doctor",
        "emulator",
        "emulator exec",
        "hooks install",
        "hooks status",
        "hooks uninstall",
        "run",
        "scan",
        "webhooks send",
        "webhooks sign",
        "webhooks verify",
    ];

    public static TheoryData<string> Commands { get; } =
    [
        "me",
        "keys create --name ci --to file:key",
        "keys get key_1",
        "keys list",
        "keys revoke key_1",
        "keys rotate key_1 --to file:key",
        "webhooks create http://127.0.0.1:9/ --secret-to file:secret",
        "webhooks delete we_1",
        "webhooks deliveries we_1",
        "webhooks event-types",
        "webhooks get we_1",
        "webhooks list",
        "webhooks listen --forward-to http://127.0.0.1:9/ --secret-to file:secret",
        "webhooks update we_1 --disable",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_command_is_covered()
    {
        using var terminal = Terminal.ForCurrentProcess();
        var known = CompletableCommand
            .GetAll(Root.Create(terminal))
            .Where(command => command.Commands.Count == 0)
            .Select(command => command.Path);

        var covered = Commands.Select(row => string.Join(' ', row.Data.Split(' ').Take(row.Data == "me" ? 1 : 2)));
        Assert.Equal(
            known.Order(StringComparer.Ordinal),
            covered.Concat(WithoutService.Where(command => command != "emulator")).Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Without_a_service_it_exits_with_3_and_one_line_and_creates_no_file(string command)
    {
        using var tool = new Tool
        {
            Variables = { ["NODE_DATA_API_KEY"] = "nd_test_localdevelopment0001", ["NODE_DATA_BASE_URL"] = "http://127.0.0.1:1/v1" },
        };

        var result = (await tool.RunAsync([.. command.Split(' '), "--json"])).RequireExitCode(3).RequireError("127.0.0.1:1");

        Assert.Empty(result.Output);
        Assert.Empty(Directory.EnumerateFileSystemEntries(tool.Folder));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task An_unknown_key_exits_with_1_and_one_line(string command)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator, ApiKey.Parse("nd_test_nobodyknowsthiskey0001"));

        var result = (await tool.RunAsync(command.Split(' '))).RequireExitCode(1).RequireError("invalid_key", "req_");

        Assert.Empty(result.Output);
        Assert.DoesNotContain("nobodyknowsthiskey", result.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(tool.Folder));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task The_output_contains_no_secret(string command)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var node = new NodeClient(new NodeClientOptions { ApiKey = emulator.TestKey, BaseAddress = emulator.BaseAddress });
        var key = await node.Keys.CreateAsync(new CreateApiKeyOptions("old"), Token);
        var endpoint = await node.Webhooks.CreateAsync(new CreateWebhookEndpointOptions("http://127.0.0.1:9/"), Token);
        using var tool = Tool.For(emulator);
        string[] arguments =
        [
            .. command.Replace("key_1", key.Id, StringComparison.Ordinal).Replace("we_1", endpoint.Id, StringComparison.Ordinal).Split(' '),
            .. command.StartsWith("keys rotate", StringComparison.Ordinal) ? ["--overlap", "0s"] : Array.Empty<string>(),
            "--verbose",
        ];

        // A listener is interrupted once it listens; every other command exits by itself.
        await using var session = new ToolSession(tool.CreateStartInfo(Tool.Program, arguments));
        if (arguments is ["webhooks", "listen", ..])
        {
            await session.WaitForAsync("Listening");
            using var kill = System.Diagnostics.Process.Start("kill", ["-INT", $"{session.ProcessId}"]);
            Assert.Equal(130, await session.WaitForExitAsync());
        }
        else
        {
            Assert.Equal(0, await session.WaitForExitAsync());
        }

        Assert.Contains("> ", session.Output, StringComparison.Ordinal);
        Assert.DoesNotMatch("(nd_test_|nd_live_|whsec_(test_|live_)?)[0-9A-Za-z_-]{12,}", session.Output);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Without_a_key_nothing_is_sent(string command)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);
        tool.Variables.Remove("NODE_DATA_API_KEY");

        (await tool.RunAsync(command.Split(' '))).RequireExitCode(2).RequireError("No API key is configured", "NODE_DATA_API_KEY");

        Assert.Empty(emulator.Requests);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task An_unknown_option_is_named(string command)
    {
        using var tool = new Tool();

        (await tool.RunAsync([.. command.Split(' '), "--no-such-option"])).RequireExitCode(2).RequireError("'--no-such-option'", "--help");
    }
}
