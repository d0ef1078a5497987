using NodeData.Emulator.Tests.Doubles;

namespace NodeData.Emulator.Tests.Webhooks.Delivering;

public sealed class WaitingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_change_is_observed_in_order()
    {
        await using var client = await EmulatorClient.StartAsync();
        await using var receiver = await Receiver.StartAsync(500, 200);
        await client.CreateEndpoint(receiver.Url);
        var seen = new List<(EmulatorDeliveryStatus, int)>();
        var waiting = client.Emulator.Deliveries.WaitForAsync(
            delivery =>
            {
                seen.Add((delivery.Status, delivery.Attempts));
                return delivery.Status is EmulatorDeliveryStatus.Succeeded;
            },
            Token
        );

        await client.Emulator.EmitAsync("payout.paid", cancellationToken: Token);
        await client.Emulator.Deliveries.WaitForAsync(delivery => delivery.Attempts == 1, Token);
        client.Emulator.Clock.Advance(TimeSpan.FromSeconds(5));
        await waiting;

        Assert.Equal(
            [(EmulatorDeliveryStatus.Pending, 0), (EmulatorDeliveryStatus.Pending, 1), (EmulatorDeliveryStatus.Succeeded, 2)],
            seen
        );
    }

    [Fact]
    public async Task A_wait_for_the_current_status_completes_immediately()
    {
        await using var client = await EmulatorClient.StartAsync();
        await using var receiver = await Receiver.StartAsync();
        await client.CreateEndpoint(receiver.Url);
        var id = (await client.Emulator.EmitAsync("payout.paid", cancellationToken: Token)).DeliveryIds[0];
        await client.Emulator.Deliveries.WaitForIdleAsync(Token);

        var waiting = client.Emulator.Deliveries.WaitForAsync(id, EmulatorDeliveryStatus.Succeeded, Token);

        Assert.True(waiting.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_wait_can_be_canceled_and_fails_with_its_predicate()
    {
        await using var client = await EmulatorClient.StartAsync();
        await using var receiver = await Receiver.StartAsync();
        await client.CreateEndpoint(receiver.Url);
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var waiting = client.Emulator.Deliveries.WaitForAsync(_ => false, cancellation.Token);
        var failing = client.Emulator.Deliveries.WaitForAsync(_ => throw new InvalidTimeZoneException(), Token);

        await client.Emulator.EmitAsync("payout.paid", cancellationToken: Token);
        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => failing);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task Idle_waits_for_attempts_in_progress_and_not_for_those_not_yet_due()
    {
        await using var client = await EmulatorClient.StartAsync();
        var proceed = new TaskCompletionSource();
        await using var receiver = await Receiver.StartAsync(
            async (_, http) =>
            {
                await proceed.Task;
                http.Response.StatusCode = 500;
            }
        );
        await client.CreateEndpoint(receiver.Url);
        await client.Emulator.Deliveries.WaitForIdleAsync(Token);
        await client.Emulator.EmitAsync("payout.paid", cancellationToken: Token);

        var idle = client.Emulator.Deliveries.WaitForIdleAsync(Token);
        await receiver.NextAsync();
        Assert.False(idle.IsCompleted);
        proceed.SetResult();
        await idle;

        Assert.Equal(
            (EmulatorDeliveryStatus.Pending, 1),
            (client.Emulator.Deliveries.GetAll()[0].Status, client.Emulator.Deliveries.GetAll()[0].Attempts)
        );
    }

    [Fact]
    public async Task Waiting_for_an_unknown_delivery_fails()
    {
        await using var client = await EmulatorClient.StartAsync();

        await Assert.ThrowsAsync<ArgumentException>(() =>
            client.Emulator.Deliveries.WaitForAsync("wd_unknown", EmulatorDeliveryStatus.Succeeded, Token)
        );
    }
}
