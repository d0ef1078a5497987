using System.Text.Json.Nodes;
using NodeData.Cli.Tests.Doubles;
using NodeData.Emulator;
using NodeData.Sdk.Tests.Doubles;
using NodeData.Sdk.Webhooks;

namespace NodeData.Cli.Tests.Webhooks.Listening;

public sealed class ForwardingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Body_signature_and_headers_are_forwarded_unchanged_and_the_response_is_returned()
    {
        await using var emulator = await FrozenEmulator.StartAsync();
        await using var application = await Receiver.StartAsync(204);
        using var tool = Tool.For(emulator);
        var (listener, listening) = await Listener.StartAsync(tool, application.Url);
        await using var running = listener;

        var emitted = await emulator.EmitAsync(
            WebhookEventType.ListingPurchased,
            new JsonObject { ["listing"] = "größer 🤖", ["amount_cents"] = 1900 },
            cancellationToken: Token
        );

        var delivery = await application.NextAsync();
        Assert.Equal(emitted.Body.ToArray(), delivery.Body);
        Assert.True(delivery.IsSignedWith(listening.GetProperty("secret").GetString()!));
        Assert.Equal("application/json", delivery.Headers["Content-Type"]);
        Assert.Equal("NodeData-Emulator", delivery.Headers["User-Agent"]);
        var line = await listener.NextAsync("event");
        Assert.Equal((emitted.Id, "listing.purchased"), (line.GetProperty("event_id").GetString(), line.GetProperty("type").GetString()));
        Assert.Equal(204, line.GetProperty("status").GetInt32());
        Assert.True(line.GetProperty("signature_valid").GetBoolean());
        Assert.False(line.GetProperty("resent").GetBoolean());
        var seen = await emulator.Deliveries.WaitForAsync(emitted.DeliveryIds[0], EmulatorDeliveryStatus.Succeeded, Token);
        Assert.Equal(204, seen.LastStatus);
    }

    [Fact]
    public async Task The_retry_after_header_of_the_application_reaches_the_emulator()
    {
        await using var emulator = await FrozenEmulator.StartAsync();
        await using var application = await Receiver.StartAsync(http =>
        {
            http.Response.StatusCode = 503;
            http.Response.Headers.RetryAfter = "3600";
            return Task.CompletedTask;
        });
        using var tool = Tool.For(emulator);
        var (listener, _) = await Listener.StartAsync(tool, application.Url);
        await using var running = listener;

        var emitted = await emulator.EmitAsync(WebhookEventType.PayoutPaid, cancellationToken: Token);

        var seen = await emulator.Deliveries.WaitForAsync(delivery => delivery.Attempts == 1, Token);
        Assert.Equal(503, seen.LastStatus);
        Assert.Equal(emulator.Clock.GetUtcNow().AddHours(1), seen.NextAttemptAt);
        Assert.Equal(emitted.Id, seen.EventId);
        await listener.WaitForTextAsync("The receiver is not ready");
    }

    [Fact]
    public async Task An_application_that_is_down_gets_the_event_once_it_is_up()
    {
        await using var emulator = await FrozenEmulator.StartAsync();
        using var tool = Tool.For(emulator);
        using var held = new ReservedPort();
        var (listener, _) = await Listener.StartAsync(tool, $"http://127.0.0.1:{held.Port}/webhooks/nodedata");
        await using var running = listener;

        var emitted = await emulator.EmitAsync(WebhookEventType.PayoutPaid, cancellationToken: Token);
        var failed = await emulator.Deliveries.WaitForAsync(delivery => delivery.Attempts == 1, Token);
        Assert.Equal(502, failed.LastStatus);
        Assert.Equal("the connection could not be established", (await listener.NextAsync("event")).GetProperty("error").GetString());
        await listener.WaitForTextAsync("Forwarding to http://127.0.0.1:");

        await using var application = await Receiver.StartAsync(port: held.Port);
        emulator.Clock.Advance(TimeSpan.FromSeconds(10));
        await emulator.Deliveries.WaitForAsync(emitted.DeliveryIds[0], EmulatorDeliveryStatus.Succeeded, Token);

        Assert.Equal(emitted.Id, (await application.NextAsync()).EventId);
        Assert.Equal(200, (await listener.NextAsync("event")).GetProperty("status").GetInt32());
        await listener.WaitForTextAsync("accepts deliveries again");
    }

    [Fact]
    public async Task Only_the_requested_types_are_delivered()
    {
        await using var emulator = await FrozenEmulator.StartAsync();
        await using var application = await Receiver.StartAsync();
        using var tool = Tool.For(emulator);
        var (listener, listening) = await Listener.StartAsync(
            tool,
            application.Url,
            "--event",
            "payout.paid",
            "--event",
            "asset.downloaded"
        );
        await using var running = listener;
        Assert.Equal(2, listening.GetProperty("events").GetArrayLength());

        Assert.Empty((await emulator.EmitAsync(WebhookEventType.ListingPurchased, cancellationToken: Token)).DeliveryIds);
        await emulator.EmitAsync(WebhookEventType.PayoutPaid, cancellationToken: Token);

        Assert.Equal("payout.paid", (await application.NextAsync()).Type);
    }

    [Fact]
    public async Task A_rejection_is_explained_by_whether_the_signature_is_valid()
    {
        await using var emulator = await FrozenEmulator.StartAsync();
        await using var application = await Receiver.StartAsync(401);
        using var tool = Tool.For(emulator);
        var (listener, _) = await Listener.StartAsync(tool, application.Url);
        await using var running = listener;

        await emulator.EmitAsync(WebhookEventType.PayoutPaid, cancellationToken: Token);
        await listener.WaitForTextAsync("a secret other than whsec_test_…");
        Assert.True((await listener.NextAsync("event")).GetProperty("signature_valid").GetBoolean());

        emulator.Deliveries.Faults.Enqueue(EmulatorDeliveryFault.UseInvalidSignature());
        await emulator.EmitAsync(WebhookEventType.PayoutPaid, cancellationToken: Token);
        await listener.WaitForTextAsync("correctly rejected");
        Assert.False((await listener.NextAsync("event")).GetProperty("signature_valid").GetBoolean());
    }

    [Fact]
    public async Task An_event_that_does_not_arrive_is_reported()
    {
        await using var emulator = await FrozenEmulator.StartAsync();
        await using var application = await Receiver.StartAsync();
        using var tool = Tool.For(emulator);
        var (listener, _) = await Listener.StartAsync(tool, application.Url);
        await using var running = listener;

        emulator.Deliveries.Faults.Enqueue(EmulatorDeliveryFault.Drop());
        var emitted = await emulator.EmitAsync(WebhookEventType.PayoutPaid, cancellationToken: Token);

        await listener.WaitForTextAsync($"The event {emitted.Id} did not arrive here");
    }

    [Fact]
    public async Task A_truncated_delivery_is_not_forwarded()
    {
        await using var emulator = await FrozenEmulator.StartAsync();
        await using var application = await Receiver.StartAsync();
        using var tool = Tool.For(emulator);
        var (listener, _) = await Listener.StartAsync(tool, application.Url);
        await using var running = listener;

        emulator.Deliveries.Faults.Enqueue(EmulatorDeliveryFault.Truncate(5));
        await emulator.EmitAsync(WebhookEventType.PayoutPaid, cancellationToken: Token);

        await listener.WaitForTextAsync("ended before its body was complete");
        Assert.Equal(0, application.PendingCount);
    }
}
