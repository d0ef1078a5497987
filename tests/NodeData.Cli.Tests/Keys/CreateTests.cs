using System.Globalization;
using System.Runtime.Versioning;
using NodeData.Cli.Tests.Doubles;
using NodeData.Emulator;
using NodeData.Sdk;

namespace NodeData.Cli.Tests.Keys;

public sealed class CreateTests
{
    // As the guide prints it.
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
    public async Task The_command_of_the_guide_works_in_a_terminal_as_it_is_printed()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator, emulator.LiveKey);

        var output = (await tool.RunShellInTerminalAsync(GuideCommand)).Requires(0).Output;

        var key = Assert.Single(await Doubles.Keys.MadeAsync(emulator, KeyMode.Live));
        Assert.Equal(("ci-deploys", KeyMode.Live), (key.Name, key.Mode!.Value));
        Assert.Equal([ApiKeyScope.ModelsRead, ApiKeyScope.ModelsUpload], key.Scopes!);
        Assert.InRange(key.ExpiresAt!.Value - key.CreatedAt!.Value, TimeSpan.FromDays(89.9), TimeSpan.FromDays(90.1));
        var secret = Assert.Single(output.Split("\r\n"), line => line.StartsWith("nd_live_", StringComparison.Ordinal));
        Assert.Equal(key.Id, await Doubles.Keys.IdOfAsync(emulator, secret));
        Assert.Contains("only time that it is shown", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_standard_output_is_no_terminal_it_is_refused_before_anything_is_sent()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator, emulator.LiveKey);

        var result = await tool.RunShellAsync(GuideCommand);

        result.Requires(2).Says("--to", "--print-secret", "Nothing was sent");
        Assert.Empty(result.Output);
        Assert.Empty(emulator.Requests);
    }

    [Fact]
    public async Task With_print_secret_a_pipe_gets_the_secret_alone_and_json_has_it_as_a_member()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);

        var piped = (await tool.RunAsync("keys", "create", "--name", "piped", "--print-secret")).Requires(0);
        var json = (await tool.RunAsync("keys", "create", "--name", "json", "--print-secret", "--json", "--expires", "never"))
            .Requires(0)
            .Json;

        Assert.Equal((await Doubles.Keys.MadeAsync(emulator))[1].Id, await Doubles.Keys.IdOfAsync(emulator, Assert.Single(piped.Lines)));
        Assert.Equal(json.GetProperty("id").GetString(), await Doubles.Keys.IdOfAsync(emulator, json.GetProperty("secret").GetString()!));
        Assert.Equal("stdout", Assert.Single(json.GetProperty("to").EnumerateArray()).GetString());
        Assert.Equal("test", json.GetProperty("mode").GetString());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, json.GetProperty("expires_at").ValueKind);
    }

    [Fact]
    public async Task Without_expires_it_ends_in_90_days_and_without_scopes_it_has_full_access_and_both_are_said()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);

        var result = (await tool.RunAsync("keys", "create", "--name", "plain", "--to", "file:key")).Requires(0);

        var key = Assert.Single(await Doubles.Keys.MadeAsync(emulator));
        Assert.InRange(key.ExpiresAt!.Value - key.CreatedAt!.Value, TimeSpan.FromDays(89.9), TimeSpan.FromDays(90.1));
        Assert.Contains("full access", result.Error, StringComparison.Ordinal);
        Assert.Contains("in 90 days", result.Error, StringComparison.Ordinal);
        Assert.Contains($"id\t{key.Id}", result.Lines);
        Assert.DoesNotContain(
            await File.ReadAllTextAsync(tool.PathOf("key"), Token),
            result.Output + result.Error,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("30m", 30)]
    [InlineData("12h", 12 * 60)]
    [InlineData("2d", 2 * 24 * 60)]
    public async Task A_length_of_time_is_one(string expires, int minutes)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);

        (await tool.RunAsync("keys", "create", "--name", "short", "--expires", expires, "--print-secret")).Requires(0);

        var key = Assert.Single(await Doubles.Keys.MadeAsync(emulator));
        var life = (key.ExpiresAt!.Value - key.CreatedAt!.Value).TotalMinutes;
        // The tool's clock and the service's are looked at one after the other.
        Assert.InRange(life, minutes - 5, minutes + 5);
    }

    [Theory]
    [InlineData("2099-01-31", "2099-01-31T00:00:00Z")]
    [InlineData("2099-01-31T12:30", "2099-01-31T12:30:00Z")]
    [InlineData("2099-01-31T12:30:05+02:00", "2099-01-31T10:30:05Z")]
    public async Task A_date_is_midnight_utc_and_a_time_is_utc_unless_it_says_otherwise(string expires, string end)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);

        var json = (await tool.RunAsync("keys", "create", "--name", "dated", "--expires", expires, "--print-secret", "--json"))
            .Requires(0)
            .Json;

        Assert.Equal(end, json.GetProperty("expires_at").GetString());
    }

    [Theory]
    [InlineData("90", "no time")]
    [InlineData("tomorrow", "no time")]
    [InlineData("2001-01-01", "past")]
    [InlineData("0d", "past")]
    [InlineData("999999999999d", "no time")]
    [InlineData("9999999d", "beyond the calendar")]
    public async Task What_is_no_time_to_come_is_refused_before_anything_is_sent(string expires, string why)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);

        (await tool.RunAsync("keys", "create", "--name", "x", "--expires", expires, "--print-secret"))
            .Requires(2)
            .Says("--expires", expires, why);

        Assert.Empty(emulator.Requests);
    }

    [Fact]
    public async Task A_mistyped_scope_is_the_services_to_refuse_and_the_near_one_is_told()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);

        (await tool.RunAsync("keys", "create", "--name", "x", "--scope", "modles:read", "--print-secret"))
            .Requires(1)
            .Says("Did you mean models:read for modles:read?");
        (await tool.RunAsync("keys", "create", "--name", "x", "--scope", "models:read,models:upload", "--print-secret"))
            .Requires(2)
            .Says("holds a comma");
    }

    [Fact]
    public async Task The_other_mode_a_missing_name_and_a_wrong_key_are_refused()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);

        (await tool.RunAsync("keys", "create", "--name", "x", "--mode", "live", "--print-secret")).Requires(2).Says("live", "test");
        (await tool.RunAsync("keys", "create", "--name", "x", "--mode", "both", "--print-secret")).Requires(2).Says("both");
        (await tool.RunAsync("keys", "create", "--print-secret")).Requires(2).Says("--name");
        Assert.Empty(emulator.Requests);

        tool.Variables["NODE_DATA_API_KEY"] = "nd_test_" + new string('x', 24);
        (await tool.RunAsync("keys", "create", "--name", "x", "--print-secret")).Requires(1).Says("401", "req_");
    }

    [Fact]
    public async Task A_key_whose_answer_was_lost_is_had_again_and_one_that_stays_lost_is_told_of()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);

        emulator.Faults.Enqueue("/keys", EmulatorFault.DropResponse(), method: "POST");
        var secret = Assert.Single((await tool.RunAsync("keys", "create", "--name", "once", "--print-secret")).Requires(0).Lines);
        Assert.Equal(Assert.Single(await Doubles.Keys.MadeAsync(emulator)).Id, await Doubles.Keys.IdOfAsync(emulator, secret));

        emulator.Faults.Enqueue("/keys", EmulatorFault.DropResponse(), 9, "POST");
        (await tool.RunAsync("keys", "create", "--name", "lost", "--print-secret"))
            .Requires(3)
            .Says("'lost' may have been made", "keys list");
    }

    [Fact]
    public async Task Where_standard_output_is_closed_the_key_is_revoked_and_that_is_said()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);

        var result = await tool.RunShellAsync("exec node-data keys create --name lost --print-secret >&-");

        var key = Assert.Single(await Doubles.Keys.MadeAsync(emulator));
        Assert.Equal(ApiKeyStatus.Revoked, key.Status);
        result.Requires(141).Says("closed", key.Id, "was revoked");
    }

    [Fact]
    public async Task Where_it_is_closed_and_the_key_cannot_be_revoked_the_command_that_does_is_told()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);
        emulator.Faults.Enqueue("*", EmulatorFault.RespondWith(500), 9, "DELETE");

        var result = await tool.RunShellAsync("exec node-data keys create --name lost --print-secret >&-");

        var key = Assert.Single(await Doubles.Keys.MadeAsync(emulator));
        Assert.Equal(ApiKeyStatus.Active, key.Status);
        result.Requires(5).Says("could not be revoked", string.Create(CultureInfo.InvariantCulture, $"node-data keys revoke {key.Id}"));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Ctrl_c_while_a_sink_is_at_work_revokes_the_key()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);
        var begun = Path.Combine(tool.Home, "begun");
        (await tool.RunProgramAsync("mkfifo", begun)).Requires(0);
        SinkTool.AddProgram(tool, "gh", $"[ \"$1\" = api ] && exit 0\ntrap '' INT\necho > '{begun}'\nexec sleep 600");
        await using var conversation = Conversation.InTerminal(tool, "keys", "create", "--name", "x", "--to", "github:octo/shop#KEY");

        await File.ReadAllTextAsync(begun, Token);
        await conversation.TypeAsync("\u0003");

        Assert.Equal(130, await conversation.EndAsync());
        var key = Assert.Single(await Doubles.Keys.MadeAsync(emulator));
        Assert.Equal(ApiKeyStatus.Revoked, key.Status);
        Assert.Contains("Interrupted before GitHub secret KEY of octo/shop had the key", conversation.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_cannot_be_reached_is_told_of()
    {
        using var tool = new Tool
        {
            Variables = { ["NODE_DATA_BASE_URL"] = "http://127.0.0.1:9/v1", ["NODE_DATA_API_KEY"] = "nd_test_" + new string('x', 24) },
        };

        (await tool.RunAsync("keys", "create", "--name", "x", "--print-secret")).Requires(3).Says("127.0.0.1:9");
    }
}
