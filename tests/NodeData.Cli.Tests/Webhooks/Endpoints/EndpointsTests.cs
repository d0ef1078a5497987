using NodeData.Cli.Tests.Doubles;
using NodeData.Emulator;
using NodeData.Sdk;
using NodeData.Sdk.Tests.Doubles;
using NodeData.Sdk.Webhooks;

namespace NodeData.Cli.Tests.Webhooks.Endpoints;

public sealed class EndpointsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_endpoint_is_listed_shown_changed_and_deleted()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);
        using var node = ClientOf(emulator);
        var made = await node.Webhooks.CreateAsync(new CreateWebhookEndpointOptions("https://shop.example/hook"), Token);

        var row = (await tool.RunAsync("webhooks", "list")).Requires(0).Lines.Single();
        Assert.StartsWith($"{made.Id}\thttps://shop.example/hook\tall\tenabled\t", row, StringComparison.Ordinal);
        Assert.Equal(made.Id, (await tool.RunAsync("webhooks", "get", made.Id, "--json")).Requires(0).Json.GetProperty("id").GetString());

        var changed = await tool.RunAsync(
            "webhooks",
            "update",
            made.Id,
            "--url",
            "https://shop.example/new",
            "--event",
            "payout.paid",
            "--event",
            "listing.purchased",
            "--description",
            "orders",
            "--disable"
        );
        Assert.Equal(
            ["url\thttps://shop.example/new", "events\tpayout.paid listing.purchased", "state\tdisabled", "description\torders"],
            changed.Requires(0).Lines[1..5]
        );
        var again = (await tool.RunAsync("webhooks", "update", made.Id, "--all-events", "--enable", "--json")).Requires(0).Json;
        Assert.Empty(again.GetProperty("endpoint").GetProperty("events").EnumerateArray());
        Assert.True(again.GetProperty("endpoint").GetProperty("enabled").GetBoolean());

        Assert.Equal([$"deleted\t{made.Id}"], (await tool.RunAsync("webhooks", "delete", made.Id, "--yes")).Requires(0).Lines);
        (await tool.RunAsync("webhooks", "get", made.Id)).Requires(1).Says("no such webhook endpoint", "req_");
        Assert.Empty((await tool.RunAsync("webhooks", "list", "--json")).Requires(0).Json.EnumerateArray());
    }

    [Fact]
    public async Task In_a_terminal_it_asks_before_it_deletes()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);
        using var node = ClientOf(emulator);
        var made = await node.Webhooks.CreateAsync(new CreateWebhookEndpointOptions("https://shop.example/hook"), Token);

        var kept = (await tool.RunInTerminalAsync(["webhooks", "delete", made.Id], "n\n")).Requires(1);
        Assert.Contains("https://shop.example/hook", kept.Output, StringComparison.Ordinal);
        Assert.Equal(made.Id, (await node.Webhooks.GetAsync(made.Id, Token)).Id);

        (await tool.RunInTerminalAsync(["webhooks", "delete", made.Id], "y\n")).Requires(0);
        await Assert.ThrowsAsync<NodeDataNotFoundException>(() => node.Webhooks.GetAsync(made.Id, Token));
    }

    [Fact]
    public async Task Deliveries_and_event_types_are_shown()
    {
        await using var emulator = await StandingEmulator.StartAsync();
        await using var receiver = await Receiver.StartAsync(500);
        using var tool = Tool.For(emulator);
        using var node = ClientOf(emulator);
        var made = await node.Webhooks.CreateAsync(new CreateWebhookEndpointOptions(receiver.Url), Token);
        var emitted = await emulator.EmitAsync(WebhookEventType.PayoutPaid, cancellationToken: Token);
        await emulator.Deliveries.WaitForAsync(delivery => delivery.Attempts == 1, Token);

        var row = (await tool.RunAsync("webhooks", "deliveries", made.Id, "--limit", "1")).Requires(0).Lines.Single();
        Assert.StartsWith(
            $"{emitted.DeliveryIds[0]}\t{emitted.Id}\tpayout.paid\tpending\t1\t500 The receiver answered 500.\t",
            row,
            StringComparison.Ordinal
        );
        var item = (await tool.RunAsync("webhooks", "deliveries", made.Id, "--json")).Requires(0).Json.EnumerateArray().Single();
        Assert.Equal(500, item.GetProperty("last_status").GetInt32());

        Assert.Equal(WebhookEventType.Known.Select(type => type.Value), (await tool.RunAsync("webhooks", "event-types")).Requires(0).Lines);
        Assert.Equal(4, (await tool.RunAsync("webhooks", "event-types", "--json")).Requires(0).Json.GetArrayLength());
    }

    [Theory]
    [InlineData("Nothing is to change", "update", "we_1")]
    [InlineData("contradict", "update", "we_1", "--enable", "--disable")]
    [InlineData("contradict", "update", "we_1", "--event", "payout.paid", "--all-events")]
    [InlineData("--url is a plain-http address", "update", "we_1", "--url", "http://shop.example/")]
    [InlineData("--limit", "deliveries", "we_1", "--limit", "101")]
    [InlineData("event type", "update", "we_1", "--event", "")]
    public async Task What_is_wrong_with_the_command_line_is_said(string says, params string[] arguments)
    {
        using var tool = new Tool { Variables = { ["NODE_DATA_API_KEY"] = MadeUp.TestKey() } };

        (await tool.RunAsync(["webhooks", .. arguments])).Requires(2).Says(says);
    }

    [Fact]
    public async Task Without_a_network_and_with_a_key_that_may_not_it_says_so()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var node = ClientOf(emulator);
        var restricted = await node.Keys.CreateAsync(
            new CreateApiKeyOptions("ci") { Mode = KeyMode.Test, Scopes = [ApiKeyScope.ModelsRead] },
            Token
        );
        using var tool = Tool.For(emulator, restricted.Secret);

        (await tool.RunAsync("webhooks", "list")).Requires(1).Says("webhooks:write", "req_");

        using var nobody = new HeldPort();
        tool.Variables["NODE_DATA_BASE_URL"] = $"http://127.0.0.1:{nobody.Port}/v1";
        (await tool.RunAsync("webhooks", "event-types")).Requires(3);
    }

    private static NodeClient ClientOf(NodeDataEmulator emulator) =>
        new(new NodeClientOptions { ApiKey = emulator.TestKey, BaseAddress = emulator.BaseAddress });
}
