using NodeData.Cli.Tests.Doubles;
using NodeData.Emulator;
using NodeData.Sdk;
using NodeData.Sdk.Tests.Doubles;

namespace NodeData.Cli.Tests.Doctor;

public sealed class DoctorTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Passed_checks_report_their_source()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator, await CreateKeyAsync(emulator, TimeSpan.FromDays(80)));

        var findings = await RunDoctorAsync(tool, exitCode: 0);

        Assert.DoesNotContain(findings, finding => finding.Severity is "error" or "warning");
        Assert.Contains(findings, finding => finding.Check == "key" && finding.Message.Contains("test mode, from NODE_DATA_API_KEY"));
        Assert.Contains(findings, finding => finding.Check == "service" && finding.Message.Contains("req_"));
        Assert.Contains(findings, finding => finding.Check == "clock" && finding.Message.Contains("agrees"));
        Assert.Contains(findings, finding => finding.Check == "base URL" && finding.Message.Contains("from NODE_DATA_BASE_URL"));
    }

    [Fact]
    public async Task Without_a_key_the_other_checks_still_run()
    {
        using var tool = new Tool();

        var findings = await RunDoctorAsync(tool, exitCode: 1);

        Assert.Equal(["key", "service"], findings.Where(finding => finding.Severity == "error").Select(finding => finding.Check));
        Assert.Contains(findings, finding => finding.Check == ".env.local");
    }

    [Theory]
    [InlineData(60, "warning", "never expires", false)]
    [InlineData(5, "warning", "rotation is due", true)]
    [InlineData(85, "ok", "expires", true)]
    public async Task The_expiration_of_the_key_is_checked(int days, string severity, string message, bool expires)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator, expires ? await CreateKeyAsync(emulator, TimeSpan.FromDays(days)) : null);

        var expiration = Assert.Single(await RunDoctorAsync(tool, exitCode: 0), finding => finding.Check == "expiration");

        Assert.Equal(severity, expiration.Severity);
        Assert.Contains(message, expiration.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(165, "warning", 0)]
    [InlineData(-3600, "error", 1)]
    public async Task A_wrong_clock_is_reported(int serviceClockOffset, string severity, int exitCode)
    {
        await using var service = new ScriptedServer(request =>
        {
            var time = TimeProvider.System.GetUtcNow().AddSeconds(serviceClockOffset);
            return request.RespondAsync(200, """{"id":"usr_1","key":{"mode":"test"}}""", $"Date: {time:R}");
        });
        using var tool = new Tool
        {
            Variables = { ["NODE_DATA_API_KEY"] = "nd_test_localdevelopment0001", ["NODE_DATA_BASE_URL"] = $"{service.BaseAddress}" },
        };

        var clock = Assert.Single(await RunDoctorAsync(tool, exitCode), finding => finding.Check == "clock");

        Assert.Equal(severity, clock.Severity);
        Assert.Contains(serviceClockOffset > 0 ? "behind" : "ahead of", clock.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rejected_key_and_an_unreachable_service_are_distinguished()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator, ApiKey.Parse("nd_test_nobodyknowsthiskey0001"));
        Assert.Contains(await RunDoctorAsync(tool, exitCode: 1), finding => finding is { Check: "service", Message: "request failed" });

        tool.Variables["NODE_DATA_BASE_URL"] = "http://127.0.0.1:1/v1";
        Assert.Contains(await RunDoctorAsync(tool, exitCode: 1), finding => finding is { Check: "service", Message: "unreachable" });
    }

    [Theory]
    [InlineData(".env.local", "ok", "is ignored by git", 0)]
    [InlineData("", "warning", "would add it", 0)]
    [InlineData(null, "error", "is tracked by git", 1)]
    public async Task The_git_status_of_env_local_is_reported(string? ignored, string severity, string message, int exitCode)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = new Tool();
        await File.WriteAllTextAsync(
            tool.GetPath(".env.local"),
            $"NODE_DATA_API_KEY={emulator.TestKey.Reveal()}\nNODE_DATA_BASE_URL={emulator.BaseAddress}\n",
            Token
        );
        await File.WriteAllTextAsync(tool.GetPath(".gitignore"), ignored, Token);
        (await tool.RunProgramAsync("git", "init", "--quiet")).RequireExitCode(0);
        if (ignored is null)
        {
            (await tool.RunProgramAsync("git", "add", ".")).RequireExitCode(0);
        }

        var file = Assert.Single(await RunDoctorAsync(tool, exitCode), finding => finding.Check == ".env.local");

        Assert.Equal(severity, file.Severity);
        Assert.Contains(message, file.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_webhook_secret_of_the_other_mode_is_an_error()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);
        tool.Variables["NODE_DATA_WEBHOOK_SECRET"] = "whsec_live_0123456789abcdef0123";

        var secret = Assert.Single(await RunDoctorAsync(tool, exitCode: 1), finding => finding.Check == "webhook secret");

        Assert.Equal("error", secret.Severity);
        Assert.Contains("whsec_live_…0123", secret.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_file_that_others_can_read_is_a_warning()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);
        await File.WriteAllTextAsync(tool.GetPath("key"), emulator.TestKey.Reveal(), Token);
        (await tool.RunProgramAsync("chmod", "644", tool.GetPath("key"))).RequireExitCode(0);
        tool.Variables["NODE_DATA_API_KEY"] = $"file:{tool.GetPath("key")}";

        Assert.Contains(await RunDoctorAsync(tool, exitCode: 0), finding => finding is { Check: "key file", Severity: "warning" });
    }

    [Fact]
    public async Task A_repository_without_the_hook_is_a_warning()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);
        Assert.Contains(await RunDoctorAsync(tool, exitCode: 0), finding => finding is { Check: "hook", Severity: "note" });

        (await tool.RunProgramAsync("git", "init", "--quiet")).RequireExitCode(0);
        Assert.Contains(await RunDoctorAsync(tool, exitCode: 0), finding => finding is { Check: "hook", Severity: "warning" });

        (await tool.RunAsync("hooks", "install")).RequireExitCode(0);
        Assert.Contains(await RunDoctorAsync(tool, exitCode: 0), finding => finding is { Check: "hook", Severity: "ok" });
    }

    [Fact]
    public async Task In_a_terminal_each_finding_has_its_mark_and_its_remedy()
    {
        using var tool = new Tool();

        var result = (await tool.RunInTerminalAsync(["doctor"])).RequireExitCode(1);

        Assert.Contains("✗", result.Output, StringComparison.Ordinal);
        Assert.Contains("→ No API key is configured", result.Output, StringComparison.Ordinal);
        Assert.Contains("Errors: 2", result.Output, StringComparison.Ordinal);
    }

    private static async Task<List<(string Check, string Severity, string Message)>> RunDoctorAsync(Tool tool, int exitCode)
    {
        var result = (await tool.RunAsync("doctor", "--json")).RequireExitCode(exitCode);
        Assert.DoesNotMatch("(nd_test_|nd_live_|whsec_)[0-9A-Za-z_-]{12,}", result.Output + result.Error);
        return
        [
            .. result
                .Json.EnumerateArray()
                .Select(finding =>
                    (
                        finding.GetProperty("check").GetString()!,
                        finding.GetProperty("severity").GetString()!,
                        finding.GetProperty("message").GetString()!
                    )
                ),
        ];
    }

    private static async Task<ApiKey> CreateKeyAsync(NodeDataEmulator emulator, TimeSpan lifetime)
    {
        using var node = new NodeClient(new NodeClientOptions { ApiKey = emulator.TestKey, BaseAddress = emulator.BaseAddress });
        return (await node.Keys.CreateAsync(new CreateApiKeyOptions("doctor") { ExpiresIn = lifetime }, Token)).Secret;
    }
}
