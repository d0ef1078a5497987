using NodeData.Emulator.Tests.Doubles;

namespace NodeData.Emulator.Tests.Webhooks.Delivering;

public sealed class EndpointsThatChangeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_waits_for_a_disabled_endpoint_is_attempted_when_it_is_enabled_again()
    {
        await using var wire = await Wire.OpenAsync();
        await using var receiver = await Receiver.StartAsync(500, 200);
        var path = $"/v1/webhook_endpoints/{(await wire.CreateEndpoint(receiver.Url)).Member("id")}";
        var waiting = await wire.Emulator.EmitAsync("payout.paid", cancellationToken: Token);
        await wire.Emulator.Deliveries.WaitForIdleAsync(Token);

        await wire.Send("PATCH", path, """{"enabled":false}""");
        var skipped = await wire.Emulator.EmitAsync("payout.paid", cancellationToken: Token);
        wire.Emulator.Clock.Advance(TimeSpan.FromDays(10));
        await wire.Emulator.Deliveries.WaitForIdleAsync(Token);
        var meanwhile = Assert.Single(wire.Emulator.Deliveries.GetAll());
        await wire.Send("PATCH", path, """{"enabled":true}""");
        await wire.Emulator.Deliveries.WaitForAsync(waiting.DeliveryIds[0], EmulatorDeliveryStatus.Succeeded, Token);

        Assert.Empty(skipped.DeliveryIds);
        Assert.Equal((EmulatorDeliveryStatus.Pending, 1), (meanwhile.Status, meanwhile.Attempts));
        Assert.Equal(2, receiver.Waiting);
    }

    [Fact]
    public async Task What_waits_for_a_deleted_endpoint_is_given_up()
    {
        await using var wire = await Wire.OpenAsync();
        await using var receiver = await Receiver.StartAsync(200, 500);
        var path = $"/v1/webhook_endpoints/{(await wire.CreateEndpoint(receiver.Url)).Member("id")}";
        var done = await wire.Emulator.EmitAsync("payout.paid", cancellationToken: Token);
        await wire.Emulator.Deliveries.WaitForIdleAsync(Token);
        var waiting = await wire.Emulator.EmitAsync("payout.paid", cancellationToken: Token);
        await wire.Emulator.Deliveries.WaitForIdleAsync(Token);

        await wire.Send("DELETE", path);
        var given = await wire.Emulator.Deliveries.WaitForAsync(waiting.DeliveryIds[0], EmulatorDeliveryStatus.Failed, Token);
        wire.Emulator.Clock.Advance(TimeSpan.FromDays(10));
        await wire.Emulator.Deliveries.WaitForIdleAsync(Token);

        Assert.Equal((1, "The endpoint was deleted.", null), (given.Attempts, given.LastError, given.NextAttemptAt));
        Assert.Equal(2, receiver.Waiting);
        Assert.Equal(
            [(waiting.DeliveryIds[0], EmulatorDeliveryStatus.Failed), (done.DeliveryIds[0], EmulatorDeliveryStatus.Succeeded)],
            wire.Emulator.Deliveries.GetAll().Select(delivery => (delivery.Id, delivery.Status))
        );
    }

    [Theory]
    [InlineData(200, EmulatorDeliveryStatus.Succeeded)]
    [InlineData(500, EmulatorDeliveryStatus.Failed)]
    public async Task An_attempt_that_was_under_way_when_its_endpoint_was_deleted_is_still_told(int status, EmulatorDeliveryStatus expected)
    {
        await using var wire = await Wire.OpenAsync();
        var goOn = new TaskCompletionSource();
        await using var receiver = await Receiver.StartAsync(
            async (_, http) =>
            {
                await goOn.Task;
                http.Response.StatusCode = status;
            }
        );
        var path = $"/v1/webhook_endpoints/{(await wire.CreateEndpoint(receiver.Url)).Member("id")}";
        await wire.Emulator.EmitAsync("payout.paid", cancellationToken: Token);
        await receiver.NextAsync();

        await wire.Send("DELETE", path);
        goOn.SetResult();
        var ended = await wire.Emulator.Deliveries.WaitForAsync(delivery => delivery.Attempts == 1, Token);

        Assert.Equal((expected, status, null), (ended.Status, ended.LastStatus, ended.NextAttemptAt));
    }
}
