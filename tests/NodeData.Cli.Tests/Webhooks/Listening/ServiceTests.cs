using System.Text.Json;
using NodeData.Cli.Tests.Doubles;
using NodeData.Emulator;
using NodeData.Sdk;
using NodeData.Sdk.Webhooks;

namespace NodeData.Cli.Tests.Webhooks.Listening;

public sealed class ServiceTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Deliveries_of_the_service_are_shown_once_and_the_output_says_what_forwarding_needs()
    {
        await using var emulator = await FrozenEmulator.StartAsync();
        await using var proxy = await EmulatorProxy.StartAsync(emulator);
        await using var application = await Receiver.StartAsync();
        using var node = new NodeClient(new NodeClientOptions { ApiKey = emulator.TestKey, BaseAddress = emulator.BaseAddress });
        var endpoint = await node.Webhooks.CreateAsync(new CreateWebhookEndpointOptions(application.Url), Token);
        await EmitAsync(emulator, WebhookEventType.PayoutPaid);
        await emulator.Deliveries.WaitForIdleAsync(Token);
        using var tool = Tool.For(emulator);
        tool.Variables["NODE_DATA_BASE_URL"] = proxy.Url;

        await using var listener = Listener.Start(tool, "--forward-to", application.Url, "--event", "payout.paid");
        await listener.WaitForTextAsync("needs a public address");
        await listener.WaitForTextAsync("Watching 1 endpoint(s)");
        await EmitAsync(emulator, WebhookEventType.ListingPurchased);
        var first = await EmitAsync(emulator, WebhookEventType.PayoutPaid);
        var seen = await NextSucceededAsync(listener);
        var second = await EmitAsync(emulator, WebhookEventType.PayoutPaid);
        var next = await NextSucceededAsync(listener);

        Assert.Equal(first.Id, seen.GetProperty("event_id").GetString());
        Assert.Equal(endpoint.Id, seen.GetProperty("endpoint_id").GetString());
        Assert.Equal(second.Id, next.GetProperty("event_id").GetString());
        var states = listener.GetAll("delivery").ConvertAll(line => $"{line.GetProperty("id")} {line.GetProperty("status")}");
        Assert.Equal(states.Distinct(), states);
        Assert.Equal(130, await listener.StopAsync());
        Assert.Single(await node.Webhooks.ListAsync(Token).ToListAsync(Token));
    }

    [Theory]
    [InlineData(2, "no endpoint is created", "--secret-to", "env-local")]
    [InlineData(1, "The webhook endpoint does not exist", "--endpoint", "we_unknown")]
    public async Task An_invalid_option_is_reported(int exitCode, string expected, params string[] arguments)
    {
        await using var emulator = await FrozenEmulator.StartAsync();
        await using var proxy = await EmulatorProxy.StartAsync(emulator);
        using var tool = Tool.For(emulator);
        tool.Variables["NODE_DATA_BASE_URL"] = proxy.Url;

        var result = (await tool.RunAsync(["webhooks", "listen", .. arguments])).RequireExitCode(exitCode);

        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
    }

    private static Task<EmittedEvent> EmitAsync(NodeDataEmulator emulator, WebhookEventType type) =>
        emulator.EmitAsync(type, cancellationToken: Token);

    // A delivery may also be listed before its first attempt.
    private static async Task<JsonElement> NextSucceededAsync(Listener listener)
    {
        while (true)
        {
            var line = await listener.NextAsync("delivery");
            if (line.GetProperty("status").GetString() == "succeeded")
            {
                return line;
            }
        }
    }
}
