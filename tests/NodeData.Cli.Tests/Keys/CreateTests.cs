using System.Globalization;
using System.Runtime.Versioning;
using NodeData.Cli.Tests.Doubles;
using NodeData.Emulator;
using NodeData.Sdk;

namespace NodeData.Cli.Tests.Keys;

public sealed class CreateTests
{
    // The command as printed in the guide.
    private const string GuideCommand = """
        node-data keys create \
          --name "ci-deploys" \
          --mode live \
          --scope "models:read" \
          --scope "models:upload" \
          --expires 90d
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_command_of_the_guide_works_in_a_terminal()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator, emulator.LiveKey);

        var output = (await tool.RunShellInTerminalAsync(GuideCommand)).RequireExitCode(0).Output;

        var key = Assert.Single(await Doubles.Keys.ListCreatedAsync(emulator, KeyMode.Live));
        Assert.Equal(("ci-deploys", KeyMode.Live), (key.Name, key.Mode!.Value));
        Assert.Equal([ApiKeyScope.ModelsRead, ApiKeyScope.ModelsUpload], key.Scopes!);
        Assert.InRange(key.ExpiresAt!.Value - key.CreatedAt!.Value, TimeSpan.FromDays(89.9), TimeSpan.FromDays(90.1));
        var secret = Assert.Single(output.Split("\r\n"), line => line.StartsWith("nd_live_", StringComparison.Ordinal));
        Assert.Equal(key.Id, await Doubles.Keys.GetIdAsync(emulator, secret));
        Assert.Contains("only time that the secret is shown", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_terminal_and_a_sink_it_fails_before_anything_is_sent()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator, emulator.LiveKey);

        var result = await tool.RunShellAsync(GuideCommand);

        result.RequireExitCode(2).RequireError("--to", "--print-secret", "Nothing was sent");
        Assert.Empty(result.Output);
        Assert.Empty(emulator.Requests);
    }

    [Fact]
    public async Task With_print_secret_a_pipe_gets_only_the_secret_and_json_has_it_as_a_member()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);

        var piped = (await tool.RunAsync("keys", "create", "--name", "piped", "--print-secret")).RequireExitCode(0);
        var json = (await tool.RunAsync("keys", "create", "--name", "json", "--print-secret", "--json", "--expires", "never"))
            .RequireExitCode(0)
            .Json;

        Assert.Equal(
            (await Doubles.Keys.ListCreatedAsync(emulator))[1].Id,
            await Doubles.Keys.GetIdAsync(emulator, Assert.Single(piped.Lines))
        );
        Assert.Equal(json.GetProperty("id").GetString(), await Doubles.Keys.GetIdAsync(emulator, json.GetProperty("secret").GetString()!));
        Assert.Equal("stdout", Assert.Single(json.GetProperty("secret_sinks").EnumerateArray()).GetString());
        Assert.Equal("test", json.GetProperty("mode").GetString());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, json.GetProperty("expires_at").ValueKind);
    }

    [Fact]
    public async Task The_defaults_of_90_days_and_full_access_are_reported()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);

        var result = (await tool.RunAsync("keys", "create", "--name", "plain", "--to", "file:key")).RequireExitCode(0);

        var key = Assert.Single(await Doubles.Keys.ListCreatedAsync(emulator));
        Assert.InRange(key.ExpiresAt!.Value - key.CreatedAt!.Value, TimeSpan.FromDays(89.9), TimeSpan.FromDays(90.1));
        Assert.Contains("full access", result.Error, StringComparison.Ordinal);
        Assert.Contains("in 90 days", result.Error, StringComparison.Ordinal);
        Assert.Contains($"id\t{key.Id}", result.Lines);
        Assert.DoesNotContain(
            await File.ReadAllTextAsync(tool.GetPath("key"), Token),
            result.Output + result.Error,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("30m", 30)]
    [InlineData("12h", 12 * 60)]
    [InlineData("2d", 2 * 24 * 60)]
    public async Task Expires_accepts_a_duration(string expires, int minutes)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);

        (await tool.RunAsync("keys", "create", "--name", "short", "--expires", expires, "--print-secret")).RequireExitCode(0);

        var key = Assert.Single(await Doubles.Keys.ListCreatedAsync(emulator));
        var lifetime = (key.ExpiresAt!.Value - key.CreatedAt!.Value).TotalMinutes;
        // The clocks of the tool and of the service are read at different times.
        Assert.InRange(lifetime, minutes - 5, minutes + 5);
    }

    [Theory]
    [InlineData("2099-01-31", "2099-01-31T00:00:00Z")]
    [InlineData("2099-01-31T12:30", "2099-01-31T12:30:00Z")]
    [InlineData("2099-01-31T12:30:05+02:00", "2099-01-31T10:30:05Z")]
    public async Task A_date_is_midnight_utc_and_a_time_without_an_offset_is_utc(string expires, string end)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);

        var json = (await tool.RunAsync("keys", "create", "--name", "dated", "--expires", expires, "--print-secret", "--json"))
            .RequireExitCode(0)
            .Json;

        Assert.Equal(end, json.GetProperty("expires_at").GetString());
    }

    [Theory]
    [InlineData("90", "not a valid time")]
    [InlineData("tomorrow", "not a valid time")]
    [InlineData("2001-01-01", "past")]
    [InlineData("0d", "past")]
    [InlineData("999999999999d", "not a valid time")]
    [InlineData("9999999d", "later than the last supported date")]
    public async Task An_invalid_or_past_expiration_is_rejected_before_anything_is_sent(string expires, string reason)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);

        (await tool.RunAsync("keys", "create", "--name", "x", "--expires", expires, "--print-secret"))
            .RequireExitCode(2)
            .RequireError("--expires", expires, reason);

        Assert.Empty(emulator.Requests);
    }

    [Fact]
    public async Task A_mistyped_scope_is_rejected_by_the_service_with_a_suggestion()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);

        (await tool.RunAsync("keys", "create", "--name", "x", "--scope", "modles:read", "--print-secret"))
            .RequireExitCode(1)
            .RequireError("Did you mean models:read for modles:read?");
        (await tool.RunAsync("keys", "create", "--name", "x", "--scope", "models:read,models:upload", "--print-secret"))
            .RequireExitCode(2)
            .RequireError("contains a comma");
    }

    [Fact]
    public async Task The_other_mode_a_missing_name_and_a_wrong_key_are_rejected()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);

        (await tool.RunAsync("keys", "create", "--name", "x", "--mode", "live", "--print-secret"))
            .RequireExitCode(2)
            .RequireError("live", "test");
        (await tool.RunAsync("keys", "create", "--name", "x", "--mode", "both", "--print-secret")).RequireExitCode(2).RequireError("both");
        (await tool.RunAsync("keys", "create", "--print-secret")).RequireExitCode(2).RequireError("--name");
        Assert.Empty(emulator.Requests);

        tool.Variables["NODE_DATA_API_KEY"] = "nd_test_" + new string('x', 24);
        (await tool.RunAsync("keys", "create", "--name", "x", "--print-secret")).RequireExitCode(1).RequireError("401", "req_");
    }

    [Fact]
    public async Task A_lost_response_is_retried_and_a_key_that_may_exist_is_reported()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);

        emulator.Faults.Enqueue("/keys", EmulatorFault.DropResponse(), method: "POST");
        var secret = Assert.Single((await tool.RunAsync("keys", "create", "--name", "once", "--print-secret")).RequireExitCode(0).Lines);
        Assert.Equal(Assert.Single(await Doubles.Keys.ListCreatedAsync(emulator)).Id, await Doubles.Keys.GetIdAsync(emulator, secret));

        emulator.Faults.Enqueue("/keys", EmulatorFault.DropResponse(), 9, "POST");
        (await tool.RunAsync("keys", "create", "--name", "lost", "--print-secret"))
            .RequireExitCode(3)
            .RequireError("'lost' may have been created", "keys list");
    }

    [Fact]
    public async Task If_standard_output_is_closed_the_key_is_revoked_and_reported()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);

        var result = await tool.RunShellAsync("exec node-data keys create --name lost --print-secret >&-");

        var key = Assert.Single(await Doubles.Keys.ListCreatedAsync(emulator));
        Assert.Equal(ApiKeyStatus.Revoked, key.Status);
        result.RequireExitCode(141).RequireError("closed", key.Id, "was revoked");
    }

    [Fact]
    public async Task If_the_key_cannot_be_revoked_the_command_that_revokes_it_is_shown()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);
        emulator.Faults.Enqueue("*", EmulatorFault.RespondWith(500), 9, "DELETE");

        var result = await tool.RunShellAsync("exec node-data keys create --name lost --print-secret >&-");

        var key = Assert.Single(await Doubles.Keys.ListCreatedAsync(emulator));
        Assert.Equal(ApiKeyStatus.Active, key.Status);
        result
            .RequireExitCode(5)
            .RequireError("could not be revoked", string.Create(CultureInfo.InvariantCulture, $"node-data keys revoke {key.Id}"));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Ctrl_c_while_a_sink_is_running_revokes_the_key()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);
        var started = Path.Combine(tool.Home, "started");
        (await tool.RunProgramAsync("mkfifo", started)).RequireExitCode(0);
        SinkTool.AddProgram(tool, "gh", $"[ \"$1\" = api ] && exit 0\ntrap '' INT\necho > '{started}'\nexec sleep 600");
        await using var session = ToolSession.StartInTerminal(tool, "keys", "create", "--name", "x", "--to", "github:octo/shop#KEY");

        await File.ReadAllTextAsync(started, Token);
        await session.TypeAsync("\u0003");

        Assert.Equal(130, await session.WaitForExitAsync());
        var key = Assert.Single(await Doubles.Keys.ListCreatedAsync(emulator));
        Assert.Equal(ApiKeyStatus.Revoked, key.Status);
        Assert.Contains(
            "Interrupted before the key was stored in GitHub secret KEY of octo/shop",
            session.Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task An_unreachable_service_is_reported()
    {
        using var tool = new Tool
        {
            Variables = { ["NODE_DATA_BASE_URL"] = "http://127.0.0.1:9/v1", ["NODE_DATA_API_KEY"] = "nd_test_" + new string('x', 24) },
        };

        (await tool.RunAsync("keys", "create", "--name", "x", "--print-secret")).RequireExitCode(3).RequireError("127.0.0.1:9");
    }
}
