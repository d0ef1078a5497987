using System.Diagnostics;
using NodeData.Cli.Tests.Doubles;
using NodeData.Sdk.Tests.Doubles;

namespace NodeData.Cli.Tests.Emulation;

public sealed class EmulatorExecTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("HTTP_PROXY")]
    [InlineData("http_proxy")]
    [InlineData("ALL_PROXY")]
    public async Task A_program_reaches_the_emulator_past_a_proxy_of_the_environment(string variable)
    {
        await using var proxy = new ScriptedServer(request => request.RespondAsync(502, ""));
        using var tool = new Tool();
        tool.Variables[variable] = $"http://{proxy.BaseAddress.Authority}";

        (await tool.RunAsync("emulator", "exec", "--", Tool.Program, "me", "--json")).RequireExitCode(0);

        Assert.Empty(proxy.Requests);
    }

    [Theory]
    [InlineData("test")]
    [InlineData("live")]
    public async Task The_program_gets_a_key_that_the_emulator_accepts(string mode)
    {
        using var tool = new Tool();

        var result = await tool.RunAsync("emulator", "exec", "--mode", mode, "--", Tool.Program, "me", "--json");

        Assert.Equal(mode, result.RequireExitCode(0).Json.GetProperty("key").GetProperty("mode").GetString());
    }

    [Fact]
    public async Task It_returns_only_the_exit_code_and_the_output_of_the_program()
    {
        using var tool = new Tool();

        var result = await tool.RunAsync("emulator", "exec", "--", "sh", "-c", "echo out; echo err >&2; exit 42");

        result.RequireExitCode(42);
        Assert.Equal(("out\n", "err\n"), (result.Output, result.Error));
    }

    [Fact]
    public async Task The_secret_matches_the_mode_unless_an_option_sets_it()
    {
        using var tool = new Tool();

        var result = await tool.RunAsync("emulator", "exec", "--mode", "live", "--", "sh", "-c", "echo $NODE_DATA_WEBHOOK_SECRET");
        Assert.Matches("^whsec_live_[0-9a-f]{48}\n$", result.RequireExitCode(0).Output);

        const string Given = "whsec_test_0123456789abcdef";
        result = await tool.RunAsync("emulator", "exec", "--webhook-secret", Given, "--", "sh", "-c", "echo $NODE_DATA_WEBHOOK_SECRET");
        Assert.Equal(Given, result.RequireExitCode(0).Output.Trim());
    }

    [Fact]
    public async Task A_real_key_in_the_environment_does_not_reach_the_program()
    {
        using var tool = new Tool
        {
            Variables =
            {
                ["NODE_DATA_API_KEY"] = "nd_live_arealkeythatisnotforit1",
                ["NodeData__ApiKey"] = "nd_live_arealkeythatisnotforit2",
                ["NodeData__WebhookSecrets__0"] = "whsec_live_arealsecretnotforit",
            },
        };

        var result = await tool.RunAsync("emulator", "exec", "--", "env");

        Assert.DoesNotContain("arealkey", result.RequireExitCode(0).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("arealsecret", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_termination_request_is_forwarded_and_the_emulator_stops_with_the_program()
    {
        using var tool = new Tool();
        const string Script = "trap 'echo terminated; exit 7' TERM; echo $NODE_DATA_BASE_URL; while :; do sleep 0.05; done";
        // Reserves the port, so that no other process listens on it after the emulator has stopped.
        using var held = new ReservedPort();
        string[] arguments = ["emulator", "exec", "--port", $"{held.Port}", "--", "sh", "-c", Script];
        using var process = Process.Start(tool.CreateStartInfo(Tool.Program, arguments))!;
        var address = new Uri((await process.StandardOutput.ReadLineAsync(Token))!);

        using (var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]))
        {
            await process.WaitForExitAsync(Token);
        }

        Assert.Equal(7, process.ExitCode);
        Assert.Equal("terminated", await process.StandardOutput.ReadLineAsync(Token));
        using var http = new HttpClient();
        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync(address, Token));
    }

    [Theory]
    [InlineData("--port", "70000", "--port")]
    [InlineData("--key", "nope", "--key")]
    [InlineData("--webhook", "http://example.com/", "--webhook")]
    [InlineData("--webhook-secret", "nope", "--webhook-secret")]
    [InlineData("--mode", "both", "'test' 'live'")]
    [InlineData("--seed", "/does/not/exist", "/does/not/exist")]
    public async Task An_invalid_option_is_reported_and_the_program_is_not_run(string option, string value, string expected)
    {
        using var tool = new Tool();

        var result = (await tool.RunAsync("emulator", "exec", option, value, "--", "echo", "ran"))
            .RequireExitCode(2)
            .RequireError(expected);

        Assert.Empty(result.Output);
    }

    [Fact]
    public async Task A_missing_program_is_named()
    {
        using var tool = new Tool();

        (await tool.RunAsync("emulator", "exec", "--", "no-such-program")).RequireExitCode(127).RequireError("no-such-program");
    }
}
