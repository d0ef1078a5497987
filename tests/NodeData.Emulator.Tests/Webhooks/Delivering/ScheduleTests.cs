using NodeData.Emulator.Tests.Doubles;

namespace NodeData.Emulator.Tests.Webhooks.Delivering;

public sealed class ScheduleTests
{
    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromSeconds(5),
        TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(2),
        TimeSpan.FromHours(5),
        TimeSpan.FromHours(10),
        TimeSpan.FromHours(14),
        TimeSpan.FromHours(20),
        TimeSpan.FromHours(24),
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_clock_walks_through_the_whole_schedule()
    {
        await using var wire = await Wire.OpenAsync();
        await using var receiver = await Receiver.StartAsync(500);
        var secret = (await wire.CreateEndpoint(receiver.Url)).Member("secret")!;
        var emitted = await wire.Emulator.EmitAsync("payout.paid", cancellationToken: Token);
        var attempts = new List<ReceivedDelivery> { await AttemptAsync() };

        foreach (var wait in Waits)
        {
            var before = wire.Emulator.Deliveries.GetAll()[0];
            Assert.Equal((EmulatorDeliveryStatus.Pending, attempts.Count), (before.Status, before.Attempts));
            Assert.Equal(wait, before.NextAttemptAt!.Value - wire.Emulator.Clock.GetUtcNow());
            Assert.Equal(0, receiver.Waiting);
            wire.Emulator.Clock.Advance(wait);
            attempts.Add(await AttemptAsync());
        }

        var after = wire.Emulator.Deliveries.GetAll()[0];
        Assert.Equal((EmulatorDeliveryStatus.Failed, 10, null), (after.Status, after.Attempts, after.NextAttemptAt));
        Assert.Equal((500, "The receiver answered 500."), (after.LastStatus, after.LastError));
        var recorded = wire.Emulator.Deliveries.GetAttempts(after.Id);
        Assert.Equal(10, recorded.Count);
        Assert.All(recorded, attempt => Assert.Equal((500, "The receiver answered 500."), (attempt.Status, attempt.Error)));
        Assert.Equal(recorded.Select(attempt => attempt.FinishedAt).Order(), recorded.Select(attempt => attempt.FinishedAt));
        Assert.All(attempts, attempt => Assert.Equal(emitted.Body, attempt.Body));
        Assert.Equal(10, attempts.Select(attempt => attempt.Signature).Distinct().Count());
        wire.Emulator.Clock.Advance(TimeSpan.FromDays(30));
        await wire.Emulator.Deliveries.WaitForIdleAsync(Token);
        Assert.Equal(0, receiver.Waiting);

        async Task<ReceivedDelivery> AttemptAsync()
        {
            var received = await receiver.NextAsync();
            Assert.True(received.VerifiedWith(secret, wire.Emulator.Clock).IsValid);
            await wire.Emulator.Deliveries.WaitForIdleAsync(Token);
            return received;
        }
    }

    [Fact]
    public async Task An_attempt_before_its_time_is_not_made()
    {
        await using var wire = await Wire.OpenAsync();
        await using var receiver = await Receiver.StartAsync(500, 500, 200);
        await wire.CreateEndpoint(receiver.Url);
        var emitted = await wire.Emulator.EmitAsync("payout.paid", cancellationToken: Token);
        await wire.Emulator.Deliveries.WaitForIdleAsync(Token);
        wire.Emulator.Clock.Advance(TimeSpan.FromSeconds(5));
        await wire.Emulator.Deliveries.WaitForAsync(delivery => delivery.Attempts == 2, Token);

        wire.Emulator.Clock.Advance(TimeSpan.FromMinutes(4));
        await wire.Emulator.Deliveries.WaitForIdleAsync(Token);
        Assert.Equal(2, wire.Emulator.Deliveries.GetAll()[0].Attempts);
        wire.Emulator.Clock.Advance(TimeSpan.FromMinutes(1));
        var delivery = await wire.Emulator.Deliveries.WaitForAsync(emitted.DeliveryIds[0], EmulatorDeliveryStatus.Succeeded, Token);

        Assert.Equal((3, 200, null), (delivery.Attempts, delivery.LastStatus, delivery.LastError));
    }

    [Theory]
    [InlineData(409, "1", 5)]
    [InlineData(409, "60", 60)]
    [InlineData(429, "60", 60)]
    [InlineData(503, "60", 60)]
    [InlineData(503, "Fri, 31 Jan 2200 12:00:00 GMT", 86_400)]
    [InlineData(503, "Fri, 31 Jan 2020 12:00:00 GMT", 5)]
    [InlineData(503, "86399", 86_399)]
    [InlineData(503, "1000000", 86_400)]
    [InlineData(503, "soon", 5)]
    [InlineData(500, "60", 5)]
    public async Task A_receiver_may_ask_for_more_time_up_to_a_day_and_not_for_less(int status, string retryAfter, int seconds)
    {
        await using var wire = await Wire.OpenAsync();
        await using var receiver = await Receiver.StartAsync(
            (_, http) =>
            {
                http.Response.StatusCode = status;
                http.Response.Headers.RetryAfter = retryAfter;
                return Task.CompletedTask;
            }
        );
        await wire.CreateEndpoint(receiver.Url);

        await wire.Emulator.EmitAsync("payout.paid", cancellationToken: Token);
        var failed = await wire.Emulator.Deliveries.WaitForAsync(delivery => delivery.Attempts == 1, Token);

        var wait = failed.NextAttemptAt!.Value - failed.CreatedAt;
        Assert.Equal(TimeSpan.FromSeconds(seconds), wait);
    }
}
