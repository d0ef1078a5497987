using NodeData.Cli.Tests.Doubles;
using NodeData.Emulator;
using NodeData.Sdk;
using NodeData.Sdk.Tests.Doubles;

namespace NodeData.Cli.Tests.Doctor;

public sealed class DoctorTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_in_order_is_said_with_its_source()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator, await MakeKeyAsync(emulator, TimeSpan.FromDays(80)));

        var findings = await ExamineAsync(tool, exitCode: 0);

        Assert.DoesNotContain(findings, finding => finding.State is "problem" or "warning");
        Assert.Contains(findings, finding => finding.Check == "key" && finding.Found.Contains("test mode, from NODE_DATA_API_KEY"));
        Assert.Contains(findings, finding => finding.Check == "service" && finding.Found.Contains("req_"));
        Assert.Contains(findings, finding => finding.Check == "clock" && finding.Found.Contains("agrees"));
        Assert.Contains(findings, finding => finding.Check == "address" && finding.Found.Contains("from NODE_DATA_BASE_URL"));
    }

    [Fact]
    public async Task Without_a_key_the_rest_is_looked_at_all_the_same()
    {
        using var tool = new Tool();

        var findings = await ExamineAsync(tool, exitCode: 1);

        Assert.Equal(["key", "service"], findings.Where(finding => finding.State == "problem").Select(finding => finding.Check));
        Assert.Contains(findings, finding => finding.Check == ".env.local");
    }

    [Theory]
    [InlineData(60, "warning", "never expires", false)]
    [InlineData(5, "warning", "rotation is due", true)]
    [InlineData(85, "good", "expires", true)]
    public async Task The_end_of_the_key_is_looked_at(int days, string state, string found, bool expires)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator, expires ? await MakeKeyAsync(emulator, TimeSpan.FromDays(days)) : null);

        var expiry = Assert.Single(await ExamineAsync(tool, exitCode: 0), finding => finding.Check == "expiry");

        Assert.Equal(state, expiry.State);
        Assert.Contains(found, expiry.Found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(165, "warning", 0)]
    [InlineData(-3600, "problem", 1)]
    public async Task A_clock_that_is_wrong_is_found(int secondsOfTheService, string state, int exitCode)
    {
        await using var service = new ScriptedServer(request =>
        {
            var time = TimeProvider.System.GetUtcNow().AddSeconds(secondsOfTheService);
            return request.AnswerAsync(200, """{"id":"usr_1","key":{"mode":"test"}}""", $"Date: {time:R}");
        });
        using var tool = new Tool
        {
            Variables = { ["NODE_DATA_API_KEY"] = "nd_test_localdevelopment0001", ["NODE_DATA_BASE_URL"] = $"{service.BaseAddress}" },
        };

        var clock = Assert.Single(await ExamineAsync(tool, exitCode), finding => finding.Check == "clock");

        Assert.Equal(state, clock.State);
        Assert.Contains(secondsOfTheService > 0 ? "behind" : "ahead of", clock.Found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_is_refused_and_a_service_that_is_not_there_are_told_apart()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator, ApiKey.Parse("nd_test_nobodyknowsthiskey0001"));
        Assert.Contains(await ExamineAsync(tool, exitCode: 1), finding => finding is { Check: "service", Found: "refused" });

        tool.Variables["NODE_DATA_BASE_URL"] = "http://127.0.0.1:1/v1";
        Assert.Contains(await ExamineAsync(tool, exitCode: 1), finding => finding is { Check: "service", Found: "not reached" });
    }

    [Theory]
    [InlineData(".env.local", "good", "git ignores it", 0)]
    [InlineData("", "warning", "would take it in", 0)]
    [InlineData(null, "problem", "git keeps it", 1)]
    public async Task What_git_makes_of_an_env_local_is_said(string? ignored, string state, string found, int exitCode)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = new Tool();
        await File.WriteAllTextAsync(
            tool.PathOf(".env.local"),
            $"NODE_DATA_API_KEY={emulator.TestKey.Reveal()}\nNODE_DATA_BASE_URL={emulator.BaseAddress}\n",
            Token
        );
        await File.WriteAllTextAsync(tool.PathOf(".gitignore"), ignored, Token);
        (await tool.RunProgramAsync("git", "init", "--quiet")).Requires(0);
        if (ignored is null)
        {
            (await tool.RunProgramAsync("git", "add", ".")).Requires(0);
        }

        var file = Assert.Single(await ExamineAsync(tool, exitCode), finding => finding.Check == ".env.local");

        Assert.Equal(state, file.State);
        Assert.Contains(found, file.Found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_webhook_secret_of_the_other_mode_is_a_problem()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);
        tool.Variables["NODE_DATA_WEBHOOK_SECRET"] = "whsec_live_0123456789abcdef0123";

        var secret = Assert.Single(await ExamineAsync(tool, exitCode: 1), finding => finding.Check == "webhook secret");

        Assert.Equal("problem", secret.State);
        Assert.Contains("whsec_live_…0123", secret.Found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_file_that_others_may_read_is_warned_about()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);
        await File.WriteAllTextAsync(tool.PathOf("key"), emulator.TestKey.Reveal(), Token);
        (await tool.RunProgramAsync("chmod", "644", tool.PathOf("key"))).Requires(0);
        tool.Variables["NODE_DATA_API_KEY"] = $"file:{tool.PathOf("key")}";

        Assert.Contains(await ExamineAsync(tool, exitCode: 0), finding => finding is { Check: "key file", State: "warning" });
    }

    [Fact]
    public async Task A_repository_without_the_scan_before_each_commit_is_warned_about()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);
        Assert.Contains(await ExamineAsync(tool, exitCode: 0), finding => finding is { Check: "hook", State: "note" });

        (await tool.RunProgramAsync("git", "init", "--quiet")).Requires(0);
        Assert.Contains(await ExamineAsync(tool, exitCode: 0), finding => finding is { Check: "hook", State: "warning" });

        (await tool.RunAsync("hooks", "install")).Requires(0);
        Assert.Contains(await ExamineAsync(tool, exitCode: 0), finding => finding is { Check: "hook", State: "good" });
    }

    [Fact]
    public async Task In_a_terminal_each_line_has_its_mark_and_its_cure()
    {
        using var tool = new Tool();

        var result = (await tool.RunInTerminalAsync(["doctor"])).Requires(1);

        Assert.Contains("✗", result.Output, StringComparison.Ordinal);
        Assert.Contains("→ There is no API key", result.Output, StringComparison.Ordinal);
        Assert.Contains("Problems: 2", result.Output, StringComparison.Ordinal);
    }

    private static async Task<List<(string Check, string State, string Found)>> ExamineAsync(Tool tool, int exitCode)
    {
        var result = (await tool.RunAsync("doctor", "--json")).Requires(exitCode);
        Assert.DoesNotMatch("(nd_test_|nd_live_|whsec_)[0-9A-Za-z_-]{12,}", result.Output + result.Error);
        return
        [
            .. result
                .Json.EnumerateArray()
                .Select(finding =>
                    (
                        finding.GetProperty("check").GetString()!,
                        finding.GetProperty("state").GetString()!,
                        finding.GetProperty("found").GetString()!
                    )
                ),
        ];
    }

    private static async Task<ApiKey> MakeKeyAsync(NodeDataEmulator emulator, TimeSpan life)
    {
        using var node = new NodeClient(new NodeClientOptions { ApiKey = emulator.TestKey, BaseAddress = emulator.BaseAddress });
        return (await node.Keys.CreateAsync(new CreateApiKeyOptions("doctor") { ExpiresIn = life }, Token)).Secret;
    }
}
