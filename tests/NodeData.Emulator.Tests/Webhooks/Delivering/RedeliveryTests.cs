using NodeData.Emulator.Tests.Doubles;

namespace NodeData.Emulator.Tests.Webhooks.Delivering;

public sealed class RedeliveryTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_delivery_that_succeeded_is_attempted_again_signed_afresh()
    {
        await using var wire = await Wire.OpenAsync();
        await using var receiver = await Receiver.StartAsync();
        await wire.CreateEndpoint(receiver.Url);
        var id = (await wire.Emulator.EmitAsync("payout.paid", cancellationToken: Token)).DeliveryIds[0];
        var before = await wire.Emulator.Deliveries.WaitForAsync(id, EmulatorDeliveryStatus.Succeeded, Token);
        wire.Emulator.Clock.Advance(TimeSpan.FromHours(76));

        var pending = await wire.Emulator.Deliveries.RedeliverAsync(id, Token);
        var after = await wire.Emulator.Deliveries.WaitForAsync(id, EmulatorDeliveryStatus.Succeeded, Token);
        var received = await receiver.NextAsync(2);

        Assert.Equal((EmulatorDeliveryStatus.Pending, 1), (pending.Status, pending.Attempts));
        Assert.Equal((2, before.CreatedAt), (after.Attempts, after.CreatedAt));
        Assert.True(after.SucceededAt - before.SucceededAt >= TimeSpan.FromHours(76));
        Assert.Equal(received[0].Body, received[1].Body);
        Assert.InRange(received[1].Timestamp - received[0].Timestamp, 76 * 3600, (76 * 3600) + 60);
    }

    [Fact]
    public async Task A_delivery_that_failed_for_good_goes_through_the_schedule_again()
    {
        await using var wire = await Wire.OpenAsync();
        await using var receiver = await Receiver.StartAsync(500);
        await wire.CreateEndpoint(receiver.Url);
        var id = (await wire.Emulator.EmitAsync("payout.paid", cancellationToken: Token)).DeliveryIds[0];
        await FailForGood(10);

        await wire.Emulator.Deliveries.RedeliverAsync(id, Token);
        await FailForGood(20);

        Assert.Equal(20, receiver.Waiting);

        async Task FailForGood(int attempts)
        {
            await wire.Emulator.Deliveries.WaitForIdleAsync(Token);
            while (wire.Emulator.Deliveries.GetAll()[0].Status is EmulatorDeliveryStatus.Pending)
            {
                wire.Emulator.Clock.Advance(TimeSpan.FromDays(1));
                await wire.Emulator.Deliveries.WaitForIdleAsync(Token);
            }

            var failed = wire.Emulator.Deliveries.GetAll()[0];
            Assert.Equal((EmulatorDeliveryStatus.Failed, attempts), (failed.Status, failed.Attempts));
        }
    }

    [Theory]
    [InlineData(200)]
    [InlineData(500)]
    public async Task One_that_is_under_way_is_attempted_once_more_when_it_ends(int first)
    {
        await using var wire = await Wire.OpenAsync();
        var (statuses, goOn) = (new Queue<int>([first, 200]), new TaskCompletionSource());
        await using var receiver = await Receiver.StartAsync(
            async (_, http) =>
            {
                await goOn.Task;
                http.Response.StatusCode = statuses.Dequeue();
            }
        );
        await wire.CreateEndpoint(receiver.Url);
        var id = (await wire.Emulator.EmitAsync("payout.paid", cancellationToken: Token)).DeliveryIds[0];
        await receiver.NextAsync();

        await wire.Emulator.Deliveries.RedeliverAsync(id, Token);
        goOn.SetResult();
        var ended = await wire.Emulator.Deliveries.WaitForAsync(delivery => delivery.Attempts == 2, Token);
        await wire.Emulator.Deliveries.WaitForIdleAsync(Token);

        Assert.Equal((EmulatorDeliveryStatus.Succeeded, 200), (ended.Status, ended.LastStatus));
        Assert.Equal(1, receiver.Waiting);
    }

    [Fact]
    public async Task What_cannot_be_attempted_is_refused()
    {
        await using var wire = await Wire.OpenAsync();
        await using var receiver = await Receiver.StartAsync();
        var path = $"/v1/webhook_endpoints/{(await wire.CreateEndpoint(receiver.Url)).Member("id")}";
        var id = (await wire.Emulator.EmitAsync("payout.paid", cancellationToken: Token)).DeliveryIds[0];
        await wire.Emulator.Deliveries.WaitForIdleAsync(Token);

        await Assert.ThrowsAsync<ArgumentException>(() => wire.Emulator.Deliveries.RedeliverAsync("wd_unknown", Token));
        await wire.Send("PATCH", path, """{"enabled":false}""");
        await Assert.ThrowsAsync<InvalidOperationException>(() => wire.Emulator.Deliveries.RedeliverAsync(id, Token));
        await wire.Send("DELETE", path);
        await Assert.ThrowsAsync<InvalidOperationException>(() => wire.Emulator.Deliveries.RedeliverAsync(id, Token));

        await wire.Emulator.Deliveries.WaitForIdleAsync(Token);
        Assert.Equal(EmulatorDeliveryStatus.Succeeded, Assert.Single(wire.Emulator.Deliveries.GetAll()).Status);
    }
}
