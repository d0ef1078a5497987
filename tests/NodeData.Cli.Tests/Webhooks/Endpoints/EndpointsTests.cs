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
    public async Task An_endpoint_is_listed_shown_updated_and_deleted()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);
        using var node = CreateClient(emulator);
        var created = await node.Webhooks.CreateAsync(new CreateWebhookEndpointOptions("https://shop.example/hook"), Token);

        var row = (await tool.RunAsync("webhooks", "list")).RequireExitCode(0).Lines.Single();
        Assert.StartsWith($"{created.Id}\thttps://shop.example/hook\tall\tenabled\t", row, StringComparison.Ordinal);
        Assert.Equal(
            created.Id,
            (await tool.RunAsync("webhooks", "get", created.Id, "--json")).RequireExitCode(0).Json.GetProperty("id").GetString()
        );

        var updated = await tool.RunAsync(
            "webhooks",
            "update",
            created.Id,
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
            updated.RequireExitCode(0).Lines[1..5]
        );
        var again = (await tool.RunAsync("webhooks", "update", created.Id, "--all-events", "--enable", "--json")).RequireExitCode(0).Json;
        Assert.Empty(again.GetProperty("endpoint").GetProperty("events").EnumerateArray());
        Assert.True(again.GetProperty("endpoint").GetProperty("enabled").GetBoolean());

        Assert.Equal([$"deleted\t{created.Id}"], (await tool.RunAsync("webhooks", "delete", created.Id, "--yes")).RequireExitCode(0).Lines);
        (await tool.RunAsync("webhooks", "get", created.Id)).RequireExitCode(1).RequireError("The webhook endpoint does not exist", "req_");
        Assert.Empty((await tool.RunAsync("webhooks", "list", "--json")).RequireExitCode(0).Json.EnumerateArray());
    }

    [Fact]
    public async Task In_a_terminal_deletion_requires_confirmation()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var tool = Tool.For(emulator);
        using var node = CreateClient(emulator);
        var created = await node.Webhooks.CreateAsync(new CreateWebhookEndpointOptions("https://shop.example/hook"), Token);

        var kept = (await tool.RunInTerminalAsync(["webhooks", "delete", created.Id], "n\n")).RequireExitCode(1);
        Assert.Contains("https://shop.example/hook", kept.Output, StringComparison.Ordinal);
        Assert.Equal(created.Id, (await node.Webhooks.GetAsync(created.Id, Token)).Id);

        (await tool.RunInTerminalAsync(["webhooks", "delete", created.Id], "y\n")).RequireExitCode(0);
        await Assert.ThrowsAsync<NodeDataNotFoundException>(() => node.Webhooks.GetAsync(created.Id, Token));
    }

    [Fact]
    public async Task Deliveries_and_event_types_are_shown()
    {
        await using var emulator = await FrozenEmulator.StartAsync();
        await using var receiver = await Receiver.StartAsync(500);
        using var tool = Tool.For(emulator);
        using var node = CreateClient(emulator);
        var created = await node.Webhooks.CreateAsync(new CreateWebhookEndpointOptions(receiver.Url), Token);
        var emitted = await emulator.EmitAsync(WebhookEventType.PayoutPaid, cancellationToken: Token);
        await emulator.Deliveries.WaitForAsync(delivery => delivery.Attempts == 1, Token);

        var row = (await tool.RunAsync("webhooks", "deliveries", created.Id, "--limit", "1")).RequireExitCode(0).Lines.Single();
        Assert.StartsWith(
            $"{emitted.DeliveryIds[0]}\t{emitted.Id}\tpayout.paid\tpending\t1\t500 The receiver responded with 500.\t",
            row,
            StringComparison.Ordinal
        );
        var item = (await tool.RunAsync("webhooks", "deliveries", created.Id, "--json")).RequireExitCode(0).Json.EnumerateArray().Single();
        Assert.Equal(500, item.GetProperty("last_status").GetInt32());

        Assert.Equal(
            WebhookEventType.Known.Select(type => type.Value),
            (await tool.RunAsync("webhooks", "event-types")).RequireExitCode(0).Lines
        );
        Assert.Equal(4, (await tool.RunAsync("webhooks", "event-types", "--json")).RequireExitCode(0).Json.GetArrayLength());
    }

    [Theory]
    [InlineData("Nothing to update", "update", "we_1")]
    [InlineData("cannot be combined", "update", "we_1", "--enable", "--disable")]
    [InlineData("cannot be combined", "update", "we_1", "--event", "payout.paid", "--all-events")]
    [InlineData("--url uses http for an address that is not loopback", "update", "we_1", "--url", "http://shop.example/")]
    [InlineData("--limit", "deliveries", "we_1", "--limit", "101")]
    [InlineData("event type", "update", "we_1", "--event", "")]
    public async Task An_invalid_command_line_is_reported(string expected, params string[] arguments)
    {
        using var tool = new Tool { Variables = { ["NODE_DATA_API_KEY"] = TestSecrets.CreateTestKey() } };

        (await tool.RunAsync(["webhooks", .. arguments])).RequireExitCode(2).RequireError(expected);
    }

    [Fact]
    public async Task An_unreachable_service_and_a_missing_scope_are_reported()
    {
        await using var emulator = await NodeDataEmulator.StartAsync(cancellationToken: Token);
        using var node = CreateClient(emulator);
        var restricted = await node.Keys.CreateAsync(
            new CreateApiKeyOptions("ci") { Mode = KeyMode.Test, Scopes = [ApiKeyScope.ModelsRead] },
            Token
        );
        using var tool = Tool.For(emulator, restricted.Secret);

        (await tool.RunAsync("webhooks", "list")).RequireExitCode(1).RequireError("webhooks:write", "req_");

        using var unusedPort = new ReservedPort();
        tool.Variables["NODE_DATA_BASE_URL"] = $"http://127.0.0.1:{unusedPort.Port}/v1";
        (await tool.RunAsync("webhooks", "event-types")).RequireExitCode(3);
    }

    private static NodeClient CreateClient(NodeDataEmulator emulator) =>
        new(new NodeClientOptions { ApiKey = emulator.TestKey, BaseAddress = emulator.BaseAddress });
}
