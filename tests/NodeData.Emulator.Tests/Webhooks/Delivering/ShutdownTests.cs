using NodeData.Emulator.Tests.Doubles;
using NodeData.Sdk;

namespace NodeData.Emulator.Tests.Webhooks.Delivering;

public sealed class ShutdownTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pending_deliveries_are_attempted_after_a_restart()
    {
        using var directory = new TemporaryDirectory();
        var options = new EmulatorOptions
        {
            DataPath = directory.File("data.db"),
            Keys = [ApiKey.Parse("nd_test_restarted00000001")],
            TimeProvider = FrozenTimeProvider.Instance,
        };
        await using var receiver = await Receiver.StartAsync((_, http) => WaitForDisconnectAsync(http.RequestAborted));
        string secret;
        EmittedEvent emitted;
        ReceivedDelivery first;
        await using (var client = await EmulatorClient.StartAsync(options))
        {
            secret = (await client.CreateEndpoint(receiver.Url)).Member("secret")!;
            emitted = await client.Emulator.EmitAsync("payout.paid", cancellationToken: Token);
            first = await receiver.NextAsync();
        }

        await using var restarted = await EmulatorClient.StartAsync(options);
        var second = await receiver.NextAsync();

        Assert.Equal(emitted.Body, first.Body);
        Assert.Equal(emitted.Body, second.Body);
        Assert.True(second.Verify(secret, restarted.Emulator.Clock).IsValid);
        var delivery = Assert.Single(restarted.Emulator.Deliveries.GetAll());
        Assert.Equal((emitted.DeliveryIds[0], 0), (delivery.Id, delivery.Attempts));
    }

    [Fact]
    public async Task A_reset_cancels_attempts_in_progress_and_later_events_are_delivered()
    {
        await using var client = await EmulatorClient.StartAsync();
        var disconnected = new TaskCompletionSource();
        await using var receiver = await Receiver.StartAsync(
            async (_, http) =>
            {
                await WaitForDisconnectAsync(http.RequestAborted);
                disconnected.TrySetResult();
            }
        );
        await using var other = await Receiver.StartAsync();
        await client.CreateEndpoint(receiver.Url);
        await client.Emulator.EmitAsync("payout.paid", cancellationToken: Token);
        await receiver.NextAsync();

        await client.Emulator.ResetAsync(Token);
        await disconnected.Task;
        client.Emulator.Clock.Advance(TimeSpan.FromDays(10));
        await client.Emulator.Deliveries.WaitForIdleAsync(Token);
        Assert.Empty(client.Emulator.Deliveries.GetAll());
        Assert.Equal(0, receiver.UnreadCount);

        await client.CreateEndpoint(other.Url);
        var emitted = await client.Emulator.EmitAsync("payout.paid", cancellationToken: Token);
        await client.Emulator.Deliveries.WaitForAsync(emitted.DeliveryIds[0], EmulatorDeliveryStatus.Succeeded, Token);
    }

    [Fact]
    public async Task Waits_fail_when_the_emulator_is_disposed()
    {
        await using var client = await EmulatorClient.StartAsync();
        await using var receiver = await Receiver.StartAsync((_, http) => WaitForDisconnectAsync(http.RequestAborted));
        await client.CreateEndpoint(receiver.Url);
        await client.Emulator.EmitAsync("payout.paid", cancellationToken: Token);
        await receiver.NextAsync();
        Task[] waiting =
        [
            client.Emulator.Deliveries.WaitForAsync(delivery => delivery.Attempts > 0, Token),
            client.Emulator.Deliveries.WaitForIdleAsync(Token),
        ];

        await client.Emulator.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting[0]);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting[1]);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => client.Emulator.Deliveries.WaitForIdleAsync(Token));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => client.Emulator.EmitAsync("payout.paid", cancellationToken: Token));
        Assert.Equal(0, client.Emulator.Clock.ActiveTimerCount);
    }

    private static async Task WaitForDisconnectAsync(CancellationToken disconnected)
    {
        var ended = new TaskCompletionSource();
        await using var registration = disconnected.Register(() => ended.TrySetResult());
        await ended.Task;
    }
}
