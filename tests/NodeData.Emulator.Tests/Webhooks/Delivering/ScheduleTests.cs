using NodeData.Emulator.Tests.Doubles;

namespace NodeData.Emulator.Tests.Webhooks.Delivering;

public sealed class ScheduleTests
{
    private static readonly TimeSpan[] Delays =
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
    public async Task Advancing_the_clock_runs_the_whole_schedule()
    {
        await using var client = await EmulatorClient.StartAsync();
        await using var receiver = await Receiver.StartAsync(500);
        var secret = (await client.CreateEndpoint(receiver.Url)).Member("secret")!;
        var emitted = await client.Emulator.EmitAsync("payout.paid", cancellationToken: Token);
        var attempts = new List<ReceivedDelivery> { await AttemptAsync() };

        foreach (var delay in Delays)
        {
            var before = client.Emulator.Deliveries.GetAll()[0];
            Assert.Equal((EmulatorDeliveryStatus.Pending, attempts.Count), (before.Status, before.Attempts));
            Assert.Equal(delay, before.NextAttemptAt!.Value - client.Emulator.Clock.GetUtcNow());
            Assert.Equal(0, receiver.UnreadCount);
            client.Emulator.Clock.Advance(delay);
            attempts.Add(await AttemptAsync());
        }

        var after = client.Emulator.Deliveries.GetAll()[0];
        Assert.Equal((EmulatorDeliveryStatus.Failed, 10, null), (after.Status, after.Attempts, after.NextAttemptAt));
        Assert.Equal((500, "The receiver responded with 500."), (after.LastStatus, after.LastError));
        var recorded = client.Emulator.Deliveries.GetAttempts(after.Id);
        Assert.Equal(10, recorded.Count);
        Assert.All(recorded, attempt => Assert.Equal((500, "The receiver responded with 500."), (attempt.Status, attempt.Error)));
        Assert.Equal(recorded.Select(attempt => attempt.FinishedAt).Order(), recorded.Select(attempt => attempt.FinishedAt));
        Assert.All(attempts, attempt => Assert.Equal(emitted.Body, attempt.Body));
        Assert.Equal(10, attempts.Select(attempt => attempt.Signature).Distinct().Count());
        client.Emulator.Clock.Advance(TimeSpan.FromDays(30));
        await client.Emulator.Deliveries.WaitForIdleAsync(Token);
        Assert.Equal(0, receiver.UnreadCount);

        async Task<ReceivedDelivery> AttemptAsync()
        {
            var received = await receiver.NextAsync();
            Assert.True(received.Verify(secret, client.Emulator.Clock).IsValid);
            await client.Emulator.Deliveries.WaitForIdleAsync(Token);
            return received;
        }
    }

    [Fact]
    public async Task No_attempt_is_made_before_it_is_due()
    {
        await using var client = await EmulatorClient.StartAsync();
        await using var receiver = await Receiver.StartAsync(500, 500, 200);
        await client.CreateEndpoint(receiver.Url);
        var emitted = await client.Emulator.EmitAsync("payout.paid", cancellationToken: Token);
        await client.Emulator.Deliveries.WaitForIdleAsync(Token);
        client.Emulator.Clock.Advance(TimeSpan.FromSeconds(5));
        await client.Emulator.Deliveries.WaitForAsync(delivery => delivery.Attempts == 2, Token);

        client.Emulator.Clock.Advance(TimeSpan.FromMinutes(4));
        await client.Emulator.Deliveries.WaitForIdleAsync(Token);
        Assert.Equal(2, client.Emulator.Deliveries.GetAll()[0].Attempts);
        client.Emulator.Clock.Advance(TimeSpan.FromMinutes(1));
        var delivery = await client.Emulator.Deliveries.WaitForAsync(emitted.DeliveryIds[0], EmulatorDeliveryStatus.Succeeded, Token);

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
    public async Task A_receiver_can_request_a_longer_delay_up_to_a_day_but_not_a_shorter_one(int status, string retryAfter, int seconds)
    {
        await using var client = await EmulatorClient.StartAsync();
        await using var receiver = await Receiver.StartAsync(
            (_, http) =>
            {
                http.Response.StatusCode = status;
                http.Response.Headers.RetryAfter = retryAfter;
                return Task.CompletedTask;
            }
        );
        await client.CreateEndpoint(receiver.Url);

        await client.Emulator.EmitAsync("payout.paid", cancellationToken: Token);
        var failed = await client.Emulator.Deliveries.WaitForAsync(delivery => delivery.Attempts == 1, Token);

        var delay = failed.NextAttemptAt!.Value - failed.CreatedAt;
        Assert.Equal(TimeSpan.FromSeconds(seconds), delay);
    }
}
