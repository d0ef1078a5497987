using NodeData.Cli.Tests.Doubles;
using NodeData.Emulator;
using NodeData.Sdk;
using NodeData.Sdk.Tests.Doubles;
using NodeData.Sdk.Webhooks;

namespace NodeData.Cli.Tests.Webhooks.Listening;

public sealed class EndpointLifetimeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_termination_request_deletes_the_endpoint_and_reports_it(string signal)
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);
        var (listener, listening) = await Listener.StartAsync(tool, "http://127.0.0.1:9/");
        await using var running = listener;

        Assert.Equal(130, await listener.StopAsync(signal));

        Assert.Contains($"{listening.GetProperty("endpoint_id").GetString()} was deleted.", listener.Output, StringComparison.Ordinal);
        Assert.Single(listener.GetAll("stopped"));
        Assert.Empty(await ListEndpointsAsync(emulator));
    }

    [Fact]
    public async Task The_endpoint_of_a_killed_listener_is_deleted_and_that_of_a_running_one_stays()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);
        var (killed, stale) = await Listener.StartAsync(tool, "http://127.0.0.1:9/");
        await using var first = killed;
        var (running, active) = await Listener.StartAsync(tool, "http://127.0.0.1:9/");
        await using var second = running;
        await killed.StopAsync("KILL");
        Assert.Equal(2, (await ListEndpointsAsync(emulator)).Count);

        var (listener, created) = await Listener.StartAsync(tool, "http://127.0.0.1:9/");
        await using var third = listener;

        await listener.WaitForTextAsync($"{stale.GetProperty("endpoint_id").GetString()} of a killed listener was deleted");
        string?[] expected = [created.GetProperty("endpoint_id").GetString(), active.GetProperty("endpoint_id").GetString()];
        Assert.Equal(expected, (await ListEndpointsAsync(emulator)).Select(endpoint => endpoint.Id));
    }

    [Fact]
    public async Task The_secret_is_stored_before_the_first_event()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);
        string? secretAtFirstEvent = null;
        await using var application = await Receiver.StartAsync(async _ =>
            secretAtFirstEvent = (await File.ReadAllTextAsync(tool.GetPath(".env.local"), Token)).Trim()
        );
        await File.WriteAllTextAsync(tool.GetPath(".env.local"), $"NODE_DATA_WEBHOOK_SECRET={TestSecrets.CreateWebhookSecret()}\n", Token);
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
    public async Task Closed_output_stops_the_listener_and_deletes_the_endpoint()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        await using var application = await Receiver.StartAsync();
        using var tool = Tool.For(emulator);
        await using var session = new ToolSession(
            tool.CreateStartInfo(
                "bash",
                "-c",
                $"exec 3> >(true); wait $!; '{Tool.Program}' webhooks listen --forward-to {application.Url} --secret-to file:secret >&3; echo \"code $?\""
            )
        );
        await session.WaitForAsync("Listening:");

        await emulator.EmitAsync(WebhookEventType.PayoutPaid, cancellationToken: Token);

        await session.WaitForAsync("code 141");
        Assert.Empty(await ListEndpointsAsync(emulator));
    }

    [Theory]
    [InlineData(2, "--secret-to", "--forward-to", "http://127.0.0.1:9/")]
    [InlineData(2, "--forward-to", "--print-secret")]
    [InlineData(
        2,
        "does not support the event type robot.moved",
        "--forward-to",
        "http://127.0.0.1:9/",
        "--print-secret",
        "--event",
        "robot.moved"
    )]
    [InlineData(2, "--forward-to uses http for an address that is not loopback", "--forward-to", "http://shop.example/", "--print-secret")]
    [InlineData(2, "--endpoint is for the service", "--forward-to", "http://127.0.0.1:9/", "--endpoint", "we_1")]
    public async Task An_invalid_command_line_is_reported_and_no_endpoint_is_created(
        int exitCode,
        string expected,
        params string[] arguments
    )
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);

        (await tool.RunAsync(["webhooks", "listen", .. arguments])).RequireExitCode(exitCode).RequireError(expected);

        Assert.Empty(await ListEndpointsAsync(emulator));
    }

    [Fact]
    public async Task An_unreachable_service_is_reported()
    {
        using var unusedPort = new ReservedPort();
        using var tool = new Tool
        {
            Variables =
            {
                ["NODE_DATA_API_KEY"] = TestSecrets.CreateTestKey(),
                ["NODE_DATA_BASE_URL"] = $"http://127.0.0.1:{unusedPort.Port}/v1",
            },
        };

        (await tool.RunAsync("webhooks", "listen", "--forward-to", "http://127.0.0.1:9/", "--print-secret")).RequireExitCode(3);
    }

    private static async Task<List<WebhookEndpoint>> ListEndpointsAsync(NodeDataEmulator emulator)
    {
        using var node = new NodeClient(new NodeClientOptions { ApiKey = emulator.TestKey, BaseAddress = emulator.BaseAddress });
        return await node.Webhooks.ListAsync(Token).ToListAsync(Token);
    }
}
