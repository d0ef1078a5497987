using System.Net;
using System.Net.Sockets;
using System.Text;
using NodeData.Emulator.Tests.Doubles;
using NodeData.Sdk.Webhooks;

namespace NodeData.Emulator.Tests.Webhooks.Faults;

public sealed class EmulatorDeliveryFaultTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_duplicate_is_sent_at_the_same_time_and_counts_as_one_attempt()
    {
        await using var client = await EmulatorClient.StartAsync();
        var (count, both) = (0, new TaskCompletionSource());
        await using var receiver = await Receiver.StartAsync(
            async (_, http) =>
            {
                var number = Interlocked.Increment(ref count);
                if (number == 2)
                {
                    both.SetResult();
                }

                await both.Task;
                http.Response.StatusCode = number == 1 ? 409 : 200;
            }
        );
        var secret = (await client.CreateEndpoint(receiver.Url)).Member("secret")!;
        client.Emulator.Deliveries.Faults.Enqueue(EmulatorDeliveryFault.Duplicate());

        var delivery = await Emit(client, EmulatorDeliveryStatus.Succeeded);
        var received = await receiver.NextAsync(2);
        await client.Emulator.Deliveries.WaitForIdleAsync(Token);

        Assert.Equal((1, 200), (delivery.Attempts, delivery.LastStatus));
        Assert.Equal(received[0].Body, received[1].Body);
        Assert.All(received, one => Assert.True(one.Verify(secret, client.Emulator.Clock).IsValid));
        Assert.Equal(0, receiver.UnreadCount);
    }

    [Fact]
    public async Task A_duplicate_fails_if_both_requests_do()
    {
        await using var client = await EmulatorClient.StartAsync();
        await using var receiver = await Receiver.StartAsync(500, 500, 200);
        await client.CreateEndpoint(receiver.Url);
        client.Emulator.Deliveries.Faults.Enqueue(EmulatorDeliveryFault.Duplicate());

        var delivery = await Emit(client, attempts: 1);
        client.Emulator.Clock.Advance(TimeSpan.FromSeconds(5));
        await client.Emulator.Deliveries.WaitForAsync(delivery.Id, EmulatorDeliveryStatus.Succeeded, Token);

        Assert.Equal((EmulatorDeliveryStatus.Pending, 500), (delivery.Status, delivery.LastStatus));
        Assert.Equal(3, receiver.UnreadCount);
    }

    [Fact]
    public async Task A_reordered_delivery_arrives_after_the_next_one_to_the_same_endpoint()
    {
        await using var client = await EmulatorClient.StartAsync();
        await using var receiver = await Receiver.StartAsync();
        await using var other = await Receiver.StartAsync();
        var id = (await client.CreateEndpoint(receiver.Url)).Member("id");
        await client.CreateEndpoint(other.Url);
        client.Emulator.Deliveries.Faults.Enqueue(EmulatorDeliveryFault.Reorder(), 2, id);

        var first = await EmitAndWaitForIdle(client);
        var second = await EmitAndWaitForIdle(client);
        await other.NextAsync(2);
        Assert.Equal(0, receiver.UnreadCount);
        var third = await EmitAndWaitForIdle(client);
        var order = (await receiver.NextAsync(3)).Select(received => received.EventId).ToArray();

        Assert.Equal(third.Id, order[0]);
        Assert.Equal(new[] { first.Id, second.Id }.Order(), order.Skip(1).Order());
        Assert.Equal(TimeSpan.Zero, client.Emulator.Clock.Offset);
    }

    [Fact]
    public async Task A_reordered_delivery_arrives_after_a_minute_if_no_other_follows()
    {
        await using var client = await EmulatorClient.StartAsync();
        await using var receiver = await Receiver.StartAsync();
        await client.CreateEndpoint(receiver.Url);
        client.Emulator.Deliveries.Faults.Enqueue(EmulatorDeliveryFault.Reorder());
        var emitted = await EmitAndWaitForIdle(client);

        client.Emulator.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(emitted.Id, (await receiver.NextAsync()).EventId);
    }

    [Fact]
    public async Task A_delayed_delivery_is_signed_when_it_is_sent()
    {
        await using var client = await EmulatorClient.StartAsync();
        await using var receiver = await Receiver.StartAsync();
        var secret = (await client.CreateEndpoint(receiver.Url)).Member("secret")!;
        client.Emulator.Deliveries.Faults.Enqueue(EmulatorDeliveryFault.Delay(TimeSpan.FromHours(3)));
        var emitted = await EmitAndWaitForIdle(client);
        var delayed = client.Emulator.Deliveries.GetAll()[0];

        client.Emulator.Clock.Advance(TimeSpan.FromHours(2));
        await client.Emulator.Deliveries.WaitForIdleAsync(Token);
        Assert.Equal(0, receiver.UnreadCount);
        client.Emulator.Clock.Advance(TimeSpan.FromHours(1));
        var received = await receiver.NextAsync();

        Assert.Equal((EmulatorDeliveryStatus.Pending, 0), (delayed.Status, delayed.Attempts));
        Assert.Equal(TimeSpan.FromHours(3), delayed.NextAttemptAt - delayed.CreatedAt);
        Assert.True(received.Verify(secret, client.Emulator.Clock).IsValid);
        Assert.True(received.Timestamp - emitted.CreatedAt.ToUnixTimeSeconds() >= 3 * 3600);
    }

    [Fact]
    public async Task A_stale_timestamp_has_a_valid_signature()
    {
        await using var client = await EmulatorClient.StartAsync();
        await using var receiver = await Receiver.StartAsync();
        var secret = (await client.CreateEndpoint(receiver.Url)).Member("secret")!;
        client.Emulator.Deliveries.Faults.Enqueue(EmulatorDeliveryFault.UseStaleTimestamp());
        client.Emulator.Deliveries.Faults.Enqueue(EmulatorDeliveryFault.UseStaleTimestamp(TimeSpan.FromSeconds(200)));

        await EmitAndWaitForIdle(client);
        await EmitAndWaitForIdle(client);
        var received = await receiver.NextAsync(2);

        var stale = received[0].Verify(secret, client.Emulator.Clock);
        Assert.Equal(WebhookErrorCode.StaleSignature, stale.ErrorCode);
        Assert.InRange(client.Emulator.Clock.GetUtcNow().ToUnixTimeSeconds() - received[0].Timestamp, 600, 660);
        Assert.True(received[1].Verify(secret, client.Emulator.Clock).IsValid);
    }

    [Fact]
    public async Task An_invalid_signature_does_not_match_the_secret()
    {
        await using var client = await EmulatorClient.StartAsync();
        await using var receiver = await Receiver.StartAsync(401, 200);
        var secret = (await client.CreateEndpoint(receiver.Url)).Member("secret")!;
        client.Emulator.Deliveries.Faults.Enqueue(EmulatorDeliveryFault.UseInvalidSignature());

        var delivery = await Emit(client, attempts: 1);
        client.Emulator.Clock.Advance(TimeSpan.FromSeconds(5));
        var received = await receiver.NextAsync(2);

        Assert.Equal(401, delivery.LastStatus);
        Assert.Equal(WebhookErrorCode.InvalidSignature, received[0].Verify(secret, client.Emulator.Clock).ErrorCode);
        Assert.True(received[1].Verify(secret, client.Emulator.Clock).IsValid);
    }

    [Fact]
    public async Task A_dropped_attempt_is_not_sent_and_is_retried()
    {
        await using var client = await EmulatorClient.StartAsync();
        await using var receiver = await Receiver.StartAsync();
        await client.CreateEndpoint(receiver.Url);
        client.Emulator.Deliveries.Faults.Enqueue(EmulatorDeliveryFault.Drop());

        var dropped = await Emit(client, attempts: 1);
        Assert.Equal(0, receiver.UnreadCount);
        client.Emulator.Clock.Advance(TimeSpan.FromSeconds(5));
        await client.Emulator.Deliveries.WaitForAsync(dropped.Id, EmulatorDeliveryStatus.Succeeded, Token);

        Assert.Equal((EmulatorDeliveryStatus.Pending, null), (dropped.Status, dropped.LastStatus));
        Assert.Contains("dropped", dropped.LastError, StringComparison.Ordinal);
        Assert.Equal(1, receiver.UnreadCount);
    }

    [Fact]
    public async Task A_truncated_attempt_fails_and_is_retried_with_the_complete_body()
    {
        await using var client = await EmulatorClient.StartAsync();
        await using var receiver = await Receiver.StartAsync();
        await client.CreateEndpoint(receiver.Url);
        client.Emulator.Deliveries.Faults.Enqueue(EmulatorDeliveryFault.Truncate());

        var truncated = await Emit(client, attempts: 1);
        var received = await receiver.NextAsync();
        client.Emulator.Clock.Advance(TimeSpan.FromSeconds(5));
        var complete = await receiver.NextAsync();

        Assert.Equal((EmulatorDeliveryStatus.Pending, null), (truncated.Status, truncated.LastStatus));
        Assert.Equal((false, true), (received.IsComplete, complete.IsComplete));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(int.MaxValue)]
    public async Task A_truncated_body_is_shorter_than_its_content_length(int? bytes)
    {
        await using var client = await EmulatorClient.StartAsync();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await client.CreateEndpoint($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
        client.Emulator.Deliveries.Faults.Enqueue(EmulatorDeliveryFault.Truncate(bytes));

        var emitted = await client.Emulator.EmitAsync("payout.paid", cancellationToken: Token);
        using var connection = await listener.AcceptTcpClientAsync(Token);
        using var reader = new StreamReader(connection.GetStream());
        var parts = (await reader.ReadToEndAsync(Token)).Split("\r\n\r\n");

        var complete = Encoding.UTF8.GetString(emitted.Body.Span);
        Assert.Contains($"Content-Length: {complete.Length}\r\n", parts[0] + "\r\n", StringComparison.Ordinal);
        Assert.Equal(complete[..Math.Min(bytes ?? (complete.Length / 2), complete.Length - 1)], parts[1]);
    }

    [Fact]
    public async Task Faults_apply_in_order_are_counted_and_can_be_cleared()
    {
        await using var client = await EmulatorClient.StartAsync();
        await using var receiver = await Receiver.StartAsync();
        var id = (await client.CreateEndpoint(receiver.Url)).Member("id");
        client.Emulator.Deliveries.Faults.Enqueue(EmulatorDeliveryFault.Drop(), endpointId: "we_another");
        client.Emulator.Deliveries.Faults.Enqueue(EmulatorDeliveryFault.Drop(), 2, id);
        client.Emulator.Deliveries.Faults.Enqueue(EmulatorDeliveryFault.UseInvalidSignature());

        await EmitAndWaitForIdle(client);
        await EmitAndWaitForIdle(client);
        Assert.Equal(0, receiver.UnreadCount);
        await EmitAndWaitForIdle(client);
        Assert.Equal(1, receiver.UnreadCount);
        client.Emulator.Deliveries.Faults.Enqueue(EmulatorDeliveryFault.Drop(), 5);
        client.Emulator.Deliveries.Faults.Clear();
        await EmitAndWaitForIdle(client);

        Assert.Equal(2, receiver.UnreadCount);
    }

    [Fact]
    public async Task Invalid_faults_are_rejected_immediately()
    {
        await using var client = await EmulatorClient.StartAsync();

        Assert.Throws<ArgumentOutOfRangeException>(() => client.Emulator.Deliveries.Faults.Enqueue(EmulatorDeliveryFault.Drop(), 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => EmulatorDeliveryFault.Delay(TimeSpan.FromTicks(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => EmulatorDeliveryFault.Delay(TimeSpan.FromDays(366)));
        Assert.Throws<ArgumentOutOfRangeException>(() => EmulatorDeliveryFault.UseStaleTimestamp(TimeSpan.FromTicks(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => EmulatorDeliveryFault.UseStaleTimestamp(TimeSpan.FromDays(366)));
        Assert.Throws<ArgumentOutOfRangeException>(() => EmulatorDeliveryFault.Truncate(-1));
    }

    private static async Task<EmittedEvent> EmitAndWaitForIdle(EmulatorClient client)
    {
        var emitted = await client.Emulator.EmitAsync("payout.paid", cancellationToken: Token);
        await client.Emulator.Deliveries.WaitForIdleAsync(Token);
        return emitted;
    }

    private static async Task<EmulatorDelivery> Emit(EmulatorClient client, EmulatorDeliveryStatus status)
    {
        var emitted = await client.Emulator.EmitAsync("payout.paid", cancellationToken: Token);
        return await client.Emulator.Deliveries.WaitForAsync(emitted.DeliveryIds[0], status, Token);
    }

    private static async Task<EmulatorDelivery> Emit(EmulatorClient client, int attempts)
    {
        await client.Emulator.EmitAsync("payout.paid", cancellationToken: Token);
        return await client.Emulator.Deliveries.WaitForAsync(delivery => delivery.Attempts == attempts, Token);
    }
}
