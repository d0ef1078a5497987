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
    public async Task Twice_comes_at_the_same_time_and_counts_as_one()
    {
        await using var wire = await Wire.OpenAsync();
        var (here, both) = (0, new TaskCompletionSource());
        await using var receiver = await Receiver.StartAsync(
            async (_, http) =>
            {
                var place = Interlocked.Increment(ref here);
                if (place == 2)
                {
                    both.SetResult();
                }

                await both.Task;
                http.Response.StatusCode = place == 1 ? 409 : 200;
            }
        );
        var secret = (await wire.CreateEndpoint(receiver.Url)).Member("secret")!;
        wire.Emulator.Deliveries.Faults.Enqueue(EmulatorDeliveryFault.Duplicate());

        var delivery = await Emit(wire, EmulatorDeliveryStatus.Succeeded);
        var received = await receiver.NextAsync(2);
        await wire.Emulator.Deliveries.WaitForIdleAsync(Token);

        Assert.Equal((1, 200), (delivery.Attempts, delivery.LastStatus));
        Assert.Equal(received[0].Body, received[1].Body);
        Assert.All(received, one => Assert.True(one.VerifiedWith(secret, wire.Emulator.Clock).IsValid));
        Assert.Equal(0, receiver.Waiting);
    }

    [Fact]
    public async Task Twice_fails_where_both_do()
    {
        await using var wire = await Wire.OpenAsync();
        await using var receiver = await Receiver.StartAsync(500, 500, 200);
        await wire.CreateEndpoint(receiver.Url);
        wire.Emulator.Deliveries.Faults.Enqueue(EmulatorDeliveryFault.Duplicate());

        var delivery = await Emit(wire, attempts: 1);
        wire.Emulator.Clock.Advance(TimeSpan.FromSeconds(5));
        await wire.Emulator.Deliveries.WaitForAsync(delivery.Id, EmulatorDeliveryStatus.Succeeded, Token);

        Assert.Equal((EmulatorDeliveryStatus.Pending, 500), (delivery.Status, delivery.LastStatus));
        Assert.Equal(3, receiver.Waiting);
    }

    [Fact]
    public async Task Out_of_order_comes_after_the_next_one_to_the_same_endpoint()
    {
        await using var wire = await Wire.OpenAsync();
        await using var receiver = await Receiver.StartAsync();
        await using var other = await Receiver.StartAsync();
        var id = (await wire.CreateEndpoint(receiver.Url)).Member("id");
        await wire.CreateEndpoint(other.Url);
        wire.Emulator.Deliveries.Faults.Enqueue(EmulatorDeliveryFault.Reorder(), 2, id);

        var first = await EmitAndSettle(wire);
        var second = await EmitAndSettle(wire);
        await other.NextAsync(2);
        Assert.Equal(0, receiver.Waiting);
        var third = await EmitAndSettle(wire);
        var order = (await receiver.NextAsync(3)).Select(received => received.EventId).ToArray();

        Assert.Equal(third.Id, order[0]);
        Assert.Equal(new[] { first.Id, second.Id }.Order(), order.Skip(1).Order());
        Assert.Equal(TimeSpan.Zero, wire.Emulator.Clock.Offset);
    }

    [Fact]
    public async Task Out_of_order_comes_after_a_minute_where_nothing_overtakes_it()
    {
        await using var wire = await Wire.OpenAsync();
        await using var receiver = await Receiver.StartAsync();
        await wire.CreateEndpoint(receiver.Url);
        wire.Emulator.Deliveries.Faults.Enqueue(EmulatorDeliveryFault.Reorder());
        var emitted = await EmitAndSettle(wire);

        wire.Emulator.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(emitted.Id, (await receiver.NextAsync()).EventId);
    }

    [Fact]
    public async Task Late_comes_later_signed_then()
    {
        await using var wire = await Wire.OpenAsync();
        await using var receiver = await Receiver.StartAsync();
        var secret = (await wire.CreateEndpoint(receiver.Url)).Member("secret")!;
        wire.Emulator.Deliveries.Faults.Enqueue(EmulatorDeliveryFault.Delay(TimeSpan.FromHours(3)));
        var emitted = await EmitAndSettle(wire);
        var put = wire.Emulator.Deliveries.GetAll()[0];

        wire.Emulator.Clock.Advance(TimeSpan.FromHours(2));
        await wire.Emulator.Deliveries.WaitForIdleAsync(Token);
        Assert.Equal(0, receiver.Waiting);
        wire.Emulator.Clock.Advance(TimeSpan.FromHours(1));
        var received = await receiver.NextAsync();

        Assert.Equal((EmulatorDeliveryStatus.Pending, 0), (put.Status, put.Attempts));
        Assert.Equal(TimeSpan.FromHours(3), put.NextAttemptAt - put.CreatedAt);
        Assert.True(received.VerifiedWith(secret, wire.Emulator.Clock).IsValid);
        Assert.True(received.Timestamp - emitted.CreatedAt.ToUnixTimeSeconds() >= 3 * 3600);
    }

    [Fact]
    public async Task A_stale_timestamp_is_signed_genuinely()
    {
        await using var wire = await Wire.OpenAsync();
        await using var receiver = await Receiver.StartAsync();
        var secret = (await wire.CreateEndpoint(receiver.Url)).Member("secret")!;
        wire.Emulator.Deliveries.Faults.Enqueue(EmulatorDeliveryFault.UseStaleTimestamp());
        wire.Emulator.Deliveries.Faults.Enqueue(EmulatorDeliveryFault.UseStaleTimestamp(TimeSpan.FromSeconds(200)));

        await EmitAndSettle(wire);
        await EmitAndSettle(wire);
        var received = await receiver.NextAsync(2);

        var stale = received[0].VerifiedWith(secret, wire.Emulator.Clock);
        Assert.Equal(WebhookErrorCode.StaleSignature, stale.ErrorCode);
        Assert.InRange(wire.Emulator.Clock.GetUtcNow().ToUnixTimeSeconds() - received[0].Timestamp, 600, 660);
        Assert.True(received[1].VerifiedWith(secret, wire.Emulator.Clock).IsValid);
    }

    [Fact]
    public async Task A_wrong_signature_is_of_a_secret_that_nobody_knows()
    {
        await using var wire = await Wire.OpenAsync();
        await using var receiver = await Receiver.StartAsync(401, 200);
        var secret = (await wire.CreateEndpoint(receiver.Url)).Member("secret")!;
        wire.Emulator.Deliveries.Faults.Enqueue(EmulatorDeliveryFault.UseInvalidSignature());

        var delivery = await Emit(wire, attempts: 1);
        wire.Emulator.Clock.Advance(TimeSpan.FromSeconds(5));
        var received = await receiver.NextAsync(2);

        Assert.Equal(401, delivery.LastStatus);
        Assert.Equal(WebhookErrorCode.InvalidSignature, received[0].VerifiedWith(secret, wire.Emulator.Clock).ErrorCode);
        Assert.True(received[1].VerifiedWith(secret, wire.Emulator.Clock).IsValid);
    }

    [Fact]
    public async Task A_lost_one_is_never_sent_and_comes_with_the_retry()
    {
        await using var wire = await Wire.OpenAsync();
        await using var receiver = await Receiver.StartAsync();
        await wire.CreateEndpoint(receiver.Url);
        wire.Emulator.Deliveries.Faults.Enqueue(EmulatorDeliveryFault.Drop());

        var lost = await Emit(wire, attempts: 1);
        Assert.Equal(0, receiver.Waiting);
        wire.Emulator.Clock.Advance(TimeSpan.FromSeconds(5));
        await wire.Emulator.Deliveries.WaitForAsync(lost.Id, EmulatorDeliveryStatus.Succeeded, Token);

        Assert.Equal((EmulatorDeliveryStatus.Pending, null), (lost.Status, lost.LastStatus));
        Assert.Contains("lost", lost.LastError, StringComparison.Ordinal);
        Assert.Equal(1, receiver.Waiting);
    }

    [Fact]
    public async Task A_cut_body_is_a_failure_and_comes_whole_with_the_retry()
    {
        await using var wire = await Wire.OpenAsync();
        await using var receiver = await Receiver.StartAsync();
        await wire.CreateEndpoint(receiver.Url);
        wire.Emulator.Deliveries.Faults.Enqueue(EmulatorDeliveryFault.Truncate());

        var cut = await Emit(wire, attempts: 1);
        var received = await receiver.NextAsync();
        wire.Emulator.Clock.Advance(TimeSpan.FromSeconds(5));
        var whole = await receiver.NextAsync();

        Assert.Equal((EmulatorDeliveryStatus.Pending, null), (cut.Status, cut.LastStatus));
        Assert.Equal((false, true), (received.IsWhole, whole.IsWhole));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(int.MaxValue)]
    public async Task A_cut_body_ends_in_the_middle_of_what_was_announced(int? bytes)
    {
        await using var wire = await Wire.OpenAsync();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await wire.CreateEndpoint($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
        wire.Emulator.Deliveries.Faults.Enqueue(EmulatorDeliveryFault.Truncate(bytes));

        var emitted = await wire.Emulator.EmitAsync("payout.paid", cancellationToken: Token);
        using var connection = await listener.AcceptTcpClientAsync(Token);
        using var reader = new StreamReader(connection.GetStream());
        var parts = (await reader.ReadToEndAsync(Token)).Split("\r\n\r\n");

        var whole = Encoding.UTF8.GetString(emitted.Body.Span);
        Assert.Contains($"Content-Length: {whole.Length}\r\n", parts[0] + "\r\n", StringComparison.Ordinal);
        Assert.Equal(whole[..Math.Min(bytes ?? (whole.Length / 2), whole.Length - 1)], parts[1]);
    }

    [Fact]
    public async Task Plans_come_in_their_order_are_counted_and_can_be_taken_back()
    {
        await using var wire = await Wire.OpenAsync();
        await using var receiver = await Receiver.StartAsync();
        var id = (await wire.CreateEndpoint(receiver.Url)).Member("id");
        wire.Emulator.Deliveries.Faults.Enqueue(EmulatorDeliveryFault.Drop(), endpointId: "we_another");
        wire.Emulator.Deliveries.Faults.Enqueue(EmulatorDeliveryFault.Drop(), 2, id);
        wire.Emulator.Deliveries.Faults.Enqueue(EmulatorDeliveryFault.UseInvalidSignature());

        await EmitAndSettle(wire);
        await EmitAndSettle(wire);
        Assert.Equal(0, receiver.Waiting);
        await EmitAndSettle(wire);
        Assert.Equal(1, receiver.Waiting);
        wire.Emulator.Deliveries.Faults.Enqueue(EmulatorDeliveryFault.Drop(), 5);
        wire.Emulator.Deliveries.Faults.Clear();
        await EmitAndSettle(wire);

        Assert.Equal(2, receiver.Waiting);
    }

    [Fact]
    public async Task What_cannot_be_planned_is_refused_at_once()
    {
        await using var wire = await Wire.OpenAsync();

        Assert.Throws<ArgumentOutOfRangeException>(() => wire.Emulator.Deliveries.Faults.Enqueue(EmulatorDeliveryFault.Drop(), 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => EmulatorDeliveryFault.Delay(TimeSpan.FromTicks(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => EmulatorDeliveryFault.Delay(TimeSpan.FromDays(366)));
        Assert.Throws<ArgumentOutOfRangeException>(() => EmulatorDeliveryFault.UseStaleTimestamp(TimeSpan.FromTicks(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => EmulatorDeliveryFault.UseStaleTimestamp(TimeSpan.FromDays(366)));
        Assert.Throws<ArgumentOutOfRangeException>(() => EmulatorDeliveryFault.Truncate(-1));
    }

    private static async Task<EmittedEvent> EmitAndSettle(Wire wire)
    {
        var emitted = await wire.Emulator.EmitAsync("payout.paid", cancellationToken: Token);
        await wire.Emulator.Deliveries.WaitForIdleAsync(Token);
        return emitted;
    }

    private static async Task<EmulatorDelivery> Emit(Wire wire, EmulatorDeliveryStatus status)
    {
        var emitted = await wire.Emulator.EmitAsync("payout.paid", cancellationToken: Token);
        return await wire.Emulator.Deliveries.WaitForAsync(emitted.DeliveryIds[0], status, Token);
    }

    private static async Task<EmulatorDelivery> Emit(Wire wire, int attempts)
    {
        await wire.Emulator.EmitAsync("payout.paid", cancellationToken: Token);
        return await wire.Emulator.Deliveries.WaitForAsync(delivery => delivery.Attempts == attempts, Token);
    }
}
