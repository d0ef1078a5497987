using NodeData.Cli.Tests.Doubles;
using NodeData.Emulator;

namespace NodeData.Cli.Tests.CommandLine;

public sealed class ErrorTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("keys lst", "'lst'", "Did you mean 'list'?")]
    [InlineData("me --jsn", "'--jsn'", "Did you mean '--json'?")]
    [InlineData("keys get", "'ID'", "keys get --help")]
    [InlineData("me something", "'something'", "me --help")]
    public async Task An_error_in_the_command_line_is_one_line_with_the_remedy(string line, params string[] expected)
    {
        using var tool = new Tool();

        (await tool.RunAsync(line.Split(' '))).RequireExitCode(2).RequireError(expected);
    }

    [Fact]
    public async Task A_command_group_without_a_subcommand_shows_its_commands()
    {
        using var tool = new Tool();

        var result = (await tool.RunAsync("keys")).RequireExitCode(2);

        Assert.Empty(result.Output);
        Assert.Contains("list", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("keys", "revoke", "nd_live_abcdefghijklmnopqrstuvwxyz01")]
    [InlineData("me", "--key=nd_live_abcdefghijklmnopqrstuvwxyz01", "--json")]
    [InlineData("nd_live_abcdefghijklmnopqrstuvwxyz01", "me", "--verbose")]
    public async Task A_secret_among_the_arguments_is_rejected_and_not_repeated(params string[] arguments)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);

        var result = (await tool.RunAsync(arguments)).RequireExitCode(2).RequireError("nd_live_…yz01", "standard input");

        Assert.DoesNotContain("abcdefghijkl", result.Error + result.Output, StringComparison.Ordinal);
        Assert.Empty(emulator.Requests);
    }

    [Fact]
    public async Task An_unknown_key_is_an_error_with_the_request_id()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator, NodeData.Sdk.ApiKey.Parse("nd_test_nobodyknowsthiskey0001"));

        var result = (await tool.RunAsync("me")).RequireExitCode(1).RequireError("401", "invalid_key", "req_", "NODE_DATA_API_KEY. Set");

        Assert.DoesNotContain("nobodyknowsthiskey", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unreachable_service_has_its_own_exit_code()
    {
        using var tool = new Tool
        {
            Variables = { ["NODE_DATA_API_KEY"] = "nd_test_localdevelopment0001", ["NODE_DATA_BASE_URL"] = "http://127.0.0.1:1/v1" },
        };

        (await tool.RunAsync("me")).RequireExitCode(3).RequireError("127.0.0.1:1", "NODE_DATA_BASE_URL or --base-url");
    }

    [Theory]
    [InlineData("me --json | true", "")]
    [InlineData("me --json >&-", "Standard output cannot be written: Bad file descriptor.")]
    [InlineData("me --json > /dev/full", "Standard output cannot be written: No space left on device.")]
    public async Task Closed_output_ends_the_tool(string line, string expected)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);
        // The reader has exited before the tool starts to write.
        var script = line.Contains('|', StringComparison.Ordinal)
            ? $"set -o pipefail; (until [ -e closed ]; do :; done; '{Tool.Program}' {line.Split('|')[0]}) | (exec 0<&-; touch closed)"
            : $"'{Tool.Program}' {line}";

        var result = await tool.RunProgramAsync("bash", "-c", script);

        Assert.Equal((141, expected.Length > 0 ? $"node-data: {expected}\n" : ""), (result.ExitCode, result.Error));
    }

    [Fact]
    public async Task Verbose_shows_the_requests_and_no_secret()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);

        var result = (await tool.RunAsync("me", "--verbose")).RequireExitCode(0);

        Assert.Contains($"> GET {emulator.BaseAddress}/me", result.Error, StringComparison.Ordinal);
        Assert.Contains("< 200, request req_", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(emulator.TestKey.Reveal(), result.Error + result.Output, StringComparison.Ordinal);
    }
}
