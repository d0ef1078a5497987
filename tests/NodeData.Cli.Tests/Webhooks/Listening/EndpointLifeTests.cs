using NodeData.Cli.Tests.Doubles;
using NodeData.Emulator;
using NodeData.Sdk;
using NodeData.Sdk.Tests.Doubles;
using NodeData.Sdk.Webhooks;

namespace NodeData.Cli.Tests.Webhooks.Listening;

public sealed class EndpointLifeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_request_to_end_takes_the_endpoint_away_and_says_so(string signal)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);
        var (listener, listening) = await Listener.StartAsync(tool, "http://127.0.0.1:9/");
        await using var running = listener;

        Assert.Equal(130, await listener.EndAsync(signal));

        Assert.Contains($"{listening.GetProperty("endpoint_id").GetString()} was deleted again", listener.Output, StringComparison.Ordinal);
        Assert.Single(listener.All("stopped"));
        Assert.Empty(await EndpointsOf(emulator));
    }

    [Fact]
    public async Task What_a_killed_listener_left_behind_is_replaced_and_one_that_runs_stays()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);
        var (killed, left) = await Listener.StartAsync(tool, "http://127.0.0.1:9/");
        await using var first = killed;
        var (living, alive) = await Listener.StartAsync(tool, "http://127.0.0.1:9/");
        await using var second = living;
        await killed.EndAsync("KILL");
        Assert.Equal(2, (await EndpointsOf(emulator)).Count);

        var (listener, own) = await Listener.StartAsync(tool, "http://127.0.0.1:9/");
        await using var third = listener;

        await listener.SaysAsync($"{left.GetProperty("endpoint_id").GetString()}, left behind by a listener that was killed, was deleted");
        string?[] expected = [own.GetProperty("endpoint_id").GetString(), alive.GetProperty("endpoint_id").GetString()];
        Assert.Equal(expected, (await EndpointsOf(emulator)).Select(endpoint => endpoint.Id));
    }

    [Fact]
    public async Task The_secret_is_where_the_application_reads_it_before_the_first_event()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);
        string? secretAtFirstEvent = null;
        await using var application = await Receiver.StartAsync(async _ =>
            secretAtFirstEvent = (await File.ReadAllTextAsync(tool.PathOf(".env.local"), Token)).Trim()
        );
        await File.WriteAllTextAsync(tool.PathOf(".env.local"), $"NODE_DATA_WEBHOOK_SECRET={MadeUp.WebhookSecret()}\n", Token);
        await using var listener = Listener.Start(tool, "--forward-to", application.Url, "--secret-to", "env-local");
        var listening = await listener.NextAsync("listening");
        Assert.Null(listening.GetProperty("secret").GetString());

        await emulator.EmitAsync(WebhookEventType.PayoutPaid, cancellationToken: Token);
        var delivery = await application.NextAsync();
        await listener.NextAsync("event");

        var secret = secretAtFirstEvent!.Split('=')[1];
        Assert.True(delivery.IsSignedWith(secret));
        Assert.DoesNotContain(secret, listener.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nobody_reads_the_events_any_more_it_ends_and_takes_the_endpoint_away()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        await using var application = await Receiver.StartAsync();
        using var tool = Tool.For(emulator);
        await using var conversation = new Conversation(
            tool.StartOf(
                "bash",
                "-c",
                $"exec 3> >(true); wait $!; '{Tool.Program}' webhooks listen --forward-to {application.Url} --secret-to file:secret >&3; echo \"code $?\""
            )
        );
        await conversation.WaitForAsync("Listening:");

        await emulator.EmitAsync(WebhookEventType.PayoutPaid, cancellationToken: Token);

        await conversation.WaitForAsync("code 141");
        Assert.Empty(await EndpointsOf(emulator));
    }

    [Theory]
    [InlineData(2, "--secret-to", "--forward-to", "http://127.0.0.1:9/")]
    [InlineData(2, "--forward-to", "--print-secret")]
    [InlineData(2, "knows no event type robot.moved", "--forward-to", "http://127.0.0.1:9/", "--print-secret", "--event", "robot.moved")]
    [InlineData(2, "plain-http", "--forward-to", "http://shop.example/", "--print-secret")]
    [InlineData(2, "--endpoint is for the service", "--forward-to", "http://127.0.0.1:9/", "--endpoint", "we_1")]
    public async Task What_is_wrong_with_the_command_line_is_said_and_no_endpoint_made(int exitCode, string says, params string[] arguments)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);

        (await tool.RunAsync(["webhooks", "listen", .. arguments])).Requires(exitCode).Says(says);

        Assert.Empty(await EndpointsOf(emulator));
    }

    [Fact]
    public async Task Without_a_network_it_says_so()
    {
        using var nobody = new HeldPort();
        using var tool = new Tool
        {
            Variables = { ["NODE_DATA_API_KEY"] = MadeUp.TestKey(), ["NODE_DATA_BASE_URL"] = $"http://127.0.0.1:{nobody.Port}/v1" },
        };

        (await tool.RunAsync("webhooks", "listen", "--forward-to", "http://127.0.0.1:9/", "--print-secret")).Requires(3);
    }

    private static async Task<List<WebhookEndpoint>> EndpointsOf(NodeDataEmulator emulator)
    {
        using var node = new NodeClient(new NodeClientOptions { ApiKey = emulator.TestKey, BaseAddress = emulator.BaseAddress });
        return await node.Webhooks.ListAsync(Token).ToListAsync(Token);
    }
}
