using NodeData.Emulator.Tests.Doubles;

namespace NodeData.Emulator.Tests.Webhooks.Delivering;

public sealed class WaitingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_change_is_told_in_its_order()
    {
        await using var wire = await Wire.OpenAsync();
        await using var receiver = await Receiver.StartAsync(500, 200);
        await wire.CreateEndpoint(receiver.Url);
        var seen = new List<(EmulatorDeliveryStatus, int)>();
        var waiting = wire.Emulator.Deliveries.WaitForAsync(
            delivery =>
            {
                seen.Add((delivery.Status, delivery.Attempts));
                return delivery.Status is EmulatorDeliveryStatus.Succeeded;
            },
            Token
        );

        await wire.Emulator.EmitAsync("payout.paid", cancellationToken: Token);
        await wire.Emulator.Deliveries.WaitForAsync(delivery => delivery.Attempts == 1, Token);
        wire.Emulator.Clock.Advance(TimeSpan.FromSeconds(5));
        await waiting;

        Assert.Equal(
            [(EmulatorDeliveryStatus.Pending, 0), (EmulatorDeliveryStatus.Pending, 1), (EmulatorDeliveryStatus.Succeeded, 2)],
            seen
        );
    }

    [Fact]
    public async Task What_holds_already_is_not_waited_for()
    {
        await using var wire = await Wire.OpenAsync();
        await using var receiver = await Receiver.StartAsync();
        await wire.CreateEndpoint(receiver.Url);
        var id = (await wire.Emulator.EmitAsync("payout.paid", cancellationToken: Token)).DeliveryIds[0];
        await wire.Emulator.Deliveries.WaitForIdleAsync(Token);

        var waiting = wire.Emulator.Deliveries.WaitForAsync(id, EmulatorDeliveryStatus.Succeeded, Token);

        Assert.True(waiting.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_wait_can_be_given_up_and_fails_with_its_predicate()
    {
        await using var wire = await Wire.OpenAsync();
        await using var receiver = await Receiver.StartAsync();
        await wire.CreateEndpoint(receiver.Url);
        using var givingUp = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var waiting = wire.Emulator.Deliveries.WaitForAsync(_ => false, givingUp.Token);
        var failing = wire.Emulator.Deliveries.WaitForAsync(_ => throw new InvalidTimeZoneException(), Token);

        await wire.Emulator.EmitAsync("payout.paid", cancellationToken: Token);
        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => failing);
        await givingUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task Idle_waits_for_what_is_under_way_and_not_for_what_is_not_due()
    {
        await using var wire = await Wire.OpenAsync();
        var goOn = new TaskCompletionSource();
        await using var receiver = await Receiver.StartAsync(
            async (_, http) =>
            {
                await goOn.Task;
                http.Response.StatusCode = 500;
            }
        );
        await wire.CreateEndpoint(receiver.Url);
        await wire.Emulator.Deliveries.WaitForIdleAsync(Token);
        await wire.Emulator.EmitAsync("payout.paid", cancellationToken: Token);

        var idle = wire.Emulator.Deliveries.WaitForIdleAsync(Token);
        await receiver.NextAsync();
        Assert.False(idle.IsCompleted);
        goOn.SetResult();
        await idle;

        Assert.Equal(
            (EmulatorDeliveryStatus.Pending, 1),
            (wire.Emulator.Deliveries.GetAll()[0].Status, wire.Emulator.Deliveries.GetAll()[0].Attempts)
        );
    }

    [Fact]
    public async Task An_unknown_delivery_cannot_be_waited_for()
    {
        await using var wire = await Wire.OpenAsync();

        await Assert.ThrowsAsync<ArgumentException>(() =>
            wire.Emulator.Deliveries.WaitForAsync("wd_unknown", EmulatorDeliveryStatus.Succeeded, Token)
        );
    }
}
