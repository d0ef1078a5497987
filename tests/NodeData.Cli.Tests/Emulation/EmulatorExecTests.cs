using System.Diagnostics;
using NodeData.Cli.Tests.Doubles;
using NodeData.Sdk.Tests.Doubles;

namespace NodeData.Cli.Tests.Emulation;

public sealed class EmulatorExecTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("test")]
    [InlineData("live")]
    public async Task The_program_meets_an_emulator_that_knows_its_key(string mode)
    {
        using var tool = new Tool();

        var result = await tool.RunAsync("emulator", "exec", "--mode", mode, "--", Tool.Program, "me", "--json");

        Assert.Equal(mode, result.Requires(0).Json.GetProperty("key").GetProperty("mode").GetString());
    }

    [Fact]
    public async Task It_ends_with_the_programs_exit_code_and_its_output_alone()
    {
        using var tool = new Tool();

        var result = await tool.RunAsync("emulator", "exec", "--", "sh", "-c", "echo out; echo err >&2; exit 42");

        result.Requires(42);
        Assert.Equal(("out\n", "err\n"), (result.Output, result.Error));
    }

    [Fact]
    public async Task The_secret_fits_the_mode_and_deliveries_are_signed_with_it()
    {
        using var tool = new Tool();

        var result = await tool.RunAsync("emulator", "exec", "--mode", "live", "--", "sh", "-c", "echo $NODE_DATA_WEBHOOK_SECRET");
        Assert.Matches("^whsec_live_[0-9a-f]{48}\n$", result.Requires(0).Output);

        const string Given = "whsec_test_0123456789abcdef";
        result = await tool.RunAsync("emulator", "exec", "--webhook-secret", Given, "--", "sh", "-c", "echo $NODE_DATA_WEBHOOK_SECRET");
        Assert.Equal(Given, result.Requires(0).Output.Trim());
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

        Assert.DoesNotContain("arealkey", result.Requires(0).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("arealsecret", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_to_end_is_handed_on_and_the_emulator_is_gone_with_the_program()
    {
        using var tool = new Tool();
        const string Script = "trap 'echo asked; exit 7' TERM; echo $NODE_DATA_BASE_URL; while :; do sleep 0.05; done";
        // So that nobody else listens there once the emulator is gone.
        using var held = new HeldPort();
        string[] arguments = ["emulator", "exec", "--port", $"{held.Port}", "--", "sh", "-c", Script];
        using var process = Process.Start(tool.StartOf(Tool.Program, arguments))!;
        var address = new Uri((await process.StandardOutput.ReadLineAsync(Token))!);

        using (var asking = Process.Start("kill", ["-TERM", $"{process.Id}"]))
        {
            await process.WaitForExitAsync(Token);
        }

        Assert.Equal(7, process.ExitCode);
        Assert.Equal("asked", await process.StandardOutput.ReadLineAsync(Token));
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
    public async Task What_cannot_be_is_said_and_the_program_does_not_run(string option, string value, string said)
    {
        using var tool = new Tool();

        var result = (await tool.RunAsync("emulator", "exec", option, value, "--", "echo", "ran")).Requires(2).Says(said);

        Assert.Empty(result.Output);
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_named()
    {
        using var tool = new Tool();

        (await tool.RunAsync("emulator", "exec", "--", "no-such-program")).Requires(127).Says("no-such-program");
    }
}
