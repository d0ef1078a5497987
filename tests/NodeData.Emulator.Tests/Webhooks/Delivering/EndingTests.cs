using NodeData.Emulator.Tests.Doubles;
using NodeData.Sdk;

namespace NodeData.Emulator.Tests.Webhooks.Delivering;

public sealed class EndingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_pending_at_the_end_is_attempted_after_a_restart()
    {
        using var directory = new TemporaryDirectory();
        var options = new EmulatorOptions
        {
            DataPath = directory.File("data.db"),
            Keys = [ApiKey.Parse("nd_test_restarted00000001")],
            TimeProvider = StandingTime.Instance,
        };
        await using var receiver = await Receiver.StartAsync((_, http) => UntilTheClientIsGone(http.RequestAborted));
        string secret;
        EmittedEvent emitted;
        ReceivedDelivery first;
        await using (var wire = await Wire.OpenAsync(options))
        {
            secret = (await wire.CreateEndpoint(receiver.Url)).Member("secret")!;
            emitted = await wire.Emulator.EmitAsync("payout.paid", cancellationToken: Token);
            first = await receiver.NextAsync();
        }

        await using var restarted = await Wire.OpenAsync(options);
        var second = await receiver.NextAsync();

        Assert.Equal(emitted.Body, first.Body);
        Assert.Equal(emitted.Body, second.Body);
        Assert.True(second.VerifiedWith(secret, restarted.Emulator.Clock).IsValid);
        var delivery = Assert.Single(restarted.Emulator.Deliveries.GetAll());
        Assert.Equal((emitted.DeliveryIds[0], 0), (delivery.Id, delivery.Attempts));
    }

    [Fact]
    public async Task A_reset_gives_up_what_is_under_way_and_goes_on_with_what_comes()
    {
        await using var wire = await Wire.OpenAsync();
        var gone = new TaskCompletionSource();
        await using var receiver = await Receiver.StartAsync(
            async (_, http) =>
            {
                await UntilTheClientIsGone(http.RequestAborted);
                gone.TrySetResult();
            }
        );
        await using var other = await Receiver.StartAsync();
        await wire.CreateEndpoint(receiver.Url);
        await wire.Emulator.EmitAsync("payout.paid", cancellationToken: Token);
        await receiver.NextAsync();

        await wire.Emulator.ResetAsync(Token);
        await gone.Task;
        wire.Emulator.Clock.Advance(TimeSpan.FromDays(10));
        await wire.Emulator.Deliveries.WaitForIdleAsync(Token);
        Assert.Empty(wire.Emulator.Deliveries.GetAll());
        Assert.Equal(0, receiver.Waiting);

        await wire.CreateEndpoint(other.Url);
        var emitted = await wire.Emulator.EmitAsync("payout.paid", cancellationToken: Token);
        await wire.Emulator.Deliveries.WaitForAsync(emitted.DeliveryIds[0], EmulatorDeliveryStatus.Succeeded, Token);
    }

    [Fact]
    public async Task Who_waits_is_told_that_the_emulator_was_disposed_of()
    {
        await using var wire = await Wire.OpenAsync();
        await using var receiver = await Receiver.StartAsync((_, http) => UntilTheClientIsGone(http.RequestAborted));
        await wire.CreateEndpoint(receiver.Url);
        await wire.Emulator.EmitAsync("payout.paid", cancellationToken: Token);
        await receiver.NextAsync();
        Task[] waiting =
        [
            wire.Emulator.Deliveries.WaitForAsync(delivery => delivery.Attempts > 0, Token),
            wire.Emulator.Deliveries.WaitForIdleAsync(Token),
        ];

        await wire.Emulator.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting[0]);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting[1]);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => wire.Emulator.Deliveries.WaitForIdleAsync(Token));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => wire.Emulator.EmitAsync("payout.paid", cancellationToken: Token));
        Assert.Equal(0, wire.Emulator.Clock.ActiveTimerCount);
    }

    private static async Task UntilTheClientIsGone(CancellationToken gone)
    {
        var ended = new TaskCompletionSource();
        await using var registration = gone.Register(() => ended.TrySetResult());
        await ended.Task;
    }
}
