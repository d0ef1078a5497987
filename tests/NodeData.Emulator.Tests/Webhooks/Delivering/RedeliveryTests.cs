using NodeData.Emulator.Tests.Doubles;

namespace NodeData.Emulator.Tests.Webhooks.Delivering;

public sealed class RedeliveryTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_succeeded_delivery_is_attempted_again_with_a_new_signature()
    {
        await using var client = await EmulatorClient.StartAsync();
        await using var receiver = await Receiver.StartAsync();
        await client.CreateEndpoint(receiver.Url);
        var id = (await client.Emulator.EmitAsync("payout.paid", cancellationToken: Token)).DeliveryIds[0];
        var before = await client.Emulator.Deliveries.WaitForAsync(id, EmulatorDeliveryStatus.Succeeded, Token);
        client.Emulator.Clock.Advance(TimeSpan.FromHours(76));

        var pending = await client.Emulator.Deliveries.RedeliverAsync(id, Token);
        var after = await client.Emulator.Deliveries.WaitForAsync(id, EmulatorDeliveryStatus.Succeeded, Token);
        var received = await receiver.NextAsync(2);

        Assert.Equal((EmulatorDeliveryStatus.Pending, 1), (pending.Status, pending.Attempts));
        Assert.Equal((2, before.CreatedAt), (after.Attempts, after.CreatedAt));
        Assert.True(after.SucceededAt - before.SucceededAt >= TimeSpan.FromHours(76));
        Assert.Equal(received[0].Body, received[1].Body);
        Assert.InRange(received[1].Timestamp - received[0].Timestamp, 76 * 3600, (76 * 3600) + 60);
    }

    [Fact]
    public async Task A_failed_delivery_runs_through_the_schedule_again()
    {
        await using var client = await EmulatorClient.StartAsync();
        await using var receiver = await Receiver.StartAsync(500);
        await client.CreateEndpoint(receiver.Url);
        var id = (await client.Emulator.EmitAsync("payout.paid", cancellationToken: Token)).DeliveryIds[0];
        await FailPermanently(10);

        await client.Emulator.Deliveries.RedeliverAsync(id, Token);
        await FailPermanently(20);

        Assert.Equal(20, receiver.UnreadCount);

        async Task FailPermanently(int attempts)
        {
            await client.Emulator.Deliveries.WaitForIdleAsync(Token);
            while (client.Emulator.Deliveries.GetAll()[0].Status is EmulatorDeliveryStatus.Pending)
            {
                client.Emulator.Clock.Advance(TimeSpan.FromDays(1));
                await client.Emulator.Deliveries.WaitForIdleAsync(Token);
            }

            var failed = client.Emulator.Deliveries.GetAll()[0];
            Assert.Equal((EmulatorDeliveryStatus.Failed, attempts), (failed.Status, failed.Attempts));
        }
    }

    [Theory]
    [InlineData(200)]
    [InlineData(500)]
    public async Task A_delivery_in_progress_is_attempted_once_more_when_the_attempt_finishes(int first)
    {
        await using var client = await EmulatorClient.StartAsync();
        var (statuses, proceed) = (new Queue<int>([first, 200]), new TaskCompletionSource());
        await using var receiver = await Receiver.StartAsync(
            async (_, http) =>
            {
                await proceed.Task;
                http.Response.StatusCode = statuses.Dequeue();
            }
        );
        await client.CreateEndpoint(receiver.Url);
        var id = (await client.Emulator.EmitAsync("payout.paid", cancellationToken: Token)).DeliveryIds[0];
        await receiver.NextAsync();

        await client.Emulator.Deliveries.RedeliverAsync(id, Token);
        proceed.SetResult();
        var ended = await client.Emulator.Deliveries.WaitForAsync(delivery => delivery.Attempts == 2, Token);
        await client.Emulator.Deliveries.WaitForIdleAsync(Token);

        Assert.Equal((EmulatorDeliveryStatus.Succeeded, 200), (ended.Status, ended.LastStatus));
        Assert.Equal(1, receiver.UnreadCount);
    }

    [Fact]
    public async Task Redelivery_requires_a_known_delivery_and_an_enabled_endpoint()
    {
        await using var client = await EmulatorClient.StartAsync();
        await using var receiver = await Receiver.StartAsync();
        var path = $"/v1/webhook_endpoints/{(await client.CreateEndpoint(receiver.Url)).Member("id")}";
        var id = (await client.Emulator.EmitAsync("payout.paid", cancellationToken: Token)).DeliveryIds[0];
        await client.Emulator.Deliveries.WaitForIdleAsync(Token);

        await Assert.ThrowsAsync<ArgumentException>(() => client.Emulator.Deliveries.RedeliverAsync("wd_unknown", Token));
        await client.Send("PATCH", path, """{"enabled":false}""");
        await Assert.ThrowsAsync<InvalidOperationException>(() => client.Emulator.Deliveries.RedeliverAsync(id, Token));
        await client.Send("DELETE", path);
        await Assert.ThrowsAsync<InvalidOperationException>(() => client.Emulator.Deliveries.RedeliverAsync(id, Token));

        await client.Emulator.Deliveries.WaitForIdleAsync(Token);
        Assert.Equal(EmulatorDeliveryStatus.Succeeded, Assert.Single(client.Emulator.Deliveries.GetAll()).Status);
    }
}
