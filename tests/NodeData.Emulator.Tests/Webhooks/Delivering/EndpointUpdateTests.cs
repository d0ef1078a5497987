using NodeData.Emulator.Tests.Doubles;

namespace NodeData.Emulator.Tests.Webhooks.Delivering;

public sealed class EndpointUpdateTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pending_deliveries_to_a_disabled_endpoint_are_attempted_when_it_is_enabled_again()
    {
        await using var client = await EmulatorClient.StartAsync();
        await using var receiver = await Receiver.StartAsync(500, 200);
        var path = $"/v1/webhook_endpoints/{(await client.CreateEndpoint(receiver.Url)).Member("id")}";
        var waiting = await client.Emulator.EmitAsync("payout.paid", cancellationToken: Token);
        await client.Emulator.Deliveries.WaitForIdleAsync(Token);

        await client.Send("PATCH", path, """{"enabled":false}""");
        var skipped = await client.Emulator.EmitAsync("payout.paid", cancellationToken: Token);
        client.Emulator.Clock.Advance(TimeSpan.FromDays(10));
        await client.Emulator.Deliveries.WaitForIdleAsync(Token);
        var meanwhile = Assert.Single(client.Emulator.Deliveries.GetAll());
        await client.Send("PATCH", path, """{"enabled":true}""");
        await client.Emulator.Deliveries.WaitForAsync(waiting.DeliveryIds[0], EmulatorDeliveryStatus.Succeeded, Token);

        Assert.Empty(skipped.DeliveryIds);
        Assert.Equal((EmulatorDeliveryStatus.Pending, 1), (meanwhile.Status, meanwhile.Attempts));
        Assert.Equal(2, receiver.UnreadCount);
    }

    [Fact]
    public async Task Pending_deliveries_to_a_deleted_endpoint_fail()
    {
        await using var client = await EmulatorClient.StartAsync();
        await using var receiver = await Receiver.StartAsync(200, 500);
        var path = $"/v1/webhook_endpoints/{(await client.CreateEndpoint(receiver.Url)).Member("id")}";
        var done = await client.Emulator.EmitAsync("payout.paid", cancellationToken: Token);
        await client.Emulator.Deliveries.WaitForIdleAsync(Token);
        var waiting = await client.Emulator.EmitAsync("payout.paid", cancellationToken: Token);
        await client.Emulator.Deliveries.WaitForIdleAsync(Token);

        await client.Send("DELETE", path);
        var failed = await client.Emulator.Deliveries.WaitForAsync(waiting.DeliveryIds[0], EmulatorDeliveryStatus.Failed, Token);
        client.Emulator.Clock.Advance(TimeSpan.FromDays(10));
        await client.Emulator.Deliveries.WaitForIdleAsync(Token);

        Assert.Equal((1, "The endpoint was deleted.", null), (failed.Attempts, failed.LastError, failed.NextAttemptAt));
        Assert.Equal(2, receiver.UnreadCount);
        Assert.Equal(
            [(waiting.DeliveryIds[0], EmulatorDeliveryStatus.Failed), (done.DeliveryIds[0], EmulatorDeliveryStatus.Succeeded)],
            client.Emulator.Deliveries.GetAll().Select(delivery => (delivery.Id, delivery.Status))
        );
    }

    [Theory]
    [InlineData(200, EmulatorDeliveryStatus.Succeeded)]
    [InlineData(500, EmulatorDeliveryStatus.Failed)]
    public async Task An_attempt_in_progress_when_its_endpoint_is_deleted_is_still_recorded(int status, EmulatorDeliveryStatus expected)
    {
        await using var client = await EmulatorClient.StartAsync();
        var proceed = new TaskCompletionSource();
        await using var receiver = await Receiver.StartAsync(
            async (_, http) =>
            {
                await proceed.Task;
                http.Response.StatusCode = status;
            }
        );
        var path = $"/v1/webhook_endpoints/{(await client.CreateEndpoint(receiver.Url)).Member("id")}";
        await client.Emulator.EmitAsync("payout.paid", cancellationToken: Token);
        await receiver.NextAsync();

        await client.Send("DELETE", path);
        proceed.SetResult();
        var ended = await client.Emulator.Deliveries.WaitForAsync(delivery => delivery.Attempts == 1, Token);

        Assert.Equal((expected, status, null), (ended.Status, ended.LastStatus, ended.NextAttemptAt));
    }
}
