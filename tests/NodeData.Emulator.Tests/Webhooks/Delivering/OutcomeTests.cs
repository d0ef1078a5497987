using System.Net;
using System.Net.Sockets;
using NodeData.Emulator.Tests.Doubles;
using NodeData.Emulator.Webhooks.Delivering;
using NodeData.Sdk;
using NodeData.Sdk.Tests.Doubles;

namespace NodeData.Emulator.Tests.Webhooks.Delivering;

public sealed class OutcomeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(200)]
    [InlineData(202)]
    [InlineData(204)]
    [InlineData(299)]
    public async Task A_success_status_completes_a_delivery(int status)
    {
        await using var client = await EmulatorClient.StartAsync();
        await using var receiver = await Receiver.StartAsync(status);

        var delivery = await Deliver(client, receiver.Url);

        Assert.Equal((EmulatorDeliveryStatus.Succeeded, status, null), (delivery.Status, delivery.LastStatus, delivery.LastError));
    }

    [Theory]
    [InlineData(304)]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(410)]
    [InlineData(500)]
    public async Task Another_status_is_a_failure(int status)
    {
        await using var client = await EmulatorClient.StartAsync();
        await using var receiver = await Receiver.StartAsync(status);

        var delivery = await Deliver(client, receiver.Url);

        Assert.Equal((EmulatorDeliveryStatus.Pending, status), (delivery.Status, delivery.LastStatus));
        Assert.Equal($"The receiver responded with {status}.", delivery.LastError);
        Assert.NotNull(delivery.NextAttemptAt);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var client = await EmulatorClient.StartAsync();
        await using var elsewhere = await Receiver.StartAsync();
        await using var receiver = await Receiver.StartAsync(
            (_, http) =>
            {
                http.Response.StatusCode = 307;
                http.Response.Headers.Location = elsewhere.Url;
                return Task.CompletedTask;
            }
        );

        var delivery = await Deliver(client, receiver.Url);

        Assert.Equal((307, "The receiver responded with 307."), (delivery.LastStatus, delivery.LastError));
        Assert.Equal((1, 0), (receiver.UnreadCount, elsewhere.UnreadCount));
    }

    [Fact]
    public async Task A_refused_connection_is_a_failure()
    {
        await using var client = await EmulatorClient.StartAsync();
        // Bound but not listening, so that no other process can use the port meanwhile.
        using var closed = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        closed.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var url = $"http://127.0.0.1:{((IPEndPoint)closed.LocalEndPoint!).Port}/hook";

        var delivery = await Deliver(client, url);

        Assert.Equal((null, "The connection was refused or could not be established."), (delivery.LastStatus, delivery.LastError));
    }

    [Fact]
    public async Task A_closed_connection_is_a_failure()
    {
        await using var client = await EmulatorClient.StartAsync();
        await using var receiver = await Receiver.StartAsync(
            (_, http) =>
            {
                http.Abort();
                return Task.CompletedTask;
            }
        );

        var delivery = await Deliver(client, receiver.Url);

        Assert.Equal((null, "The connection was closed before a response was received."), (delivery.LastStatus, delivery.LastError));
    }

    [Fact]
    public async Task A_connection_reset_as_soon_as_it_is_open_is_a_failure()
    {
        using var connection = new ResetConnection();
        using var sender = new DeliverySender(TimeProvider.System, connection.OpenAsync);
        var attempt = new AttemptData(
            KeyMode.Test,
            new Uri("http://127.0.0.1/hook"),
            "{}"u8.ToArray(),
            [WebhookSecret.Parse("whsec_test_0123456789abcdef0123456789abcdef")]
        );

        var outcome = await sender.SendAsync(attempt, fault: null, Token);

        Assert.Equal("The connection was closed before a response was received.", outcome.Error);
    }

    [Fact]
    public async Task A_failed_TLS_handshake_is_a_failure()
    {
        await using var client = await EmulatorClient.StartAsync();
        await using var receiver = await Receiver.StartAsync();

        var delivery = await Deliver(client, receiver.Url.Replace("http:", "https:", StringComparison.Ordinal));

        Assert.Equal((null, "The TLS connection could not be established."), (delivery.LastStatus, delivery.LastError));
    }

    [Fact]
    public async Task A_response_that_takes_more_than_15_seconds_of_the_clock_is_a_failure()
    {
        await using var client = await EmulatorClient.StartAsync();
        await using var receiver = await Receiver.StartAsync((_, http) => WaitForDisconnectAsync(http.RequestAborted));
        var delivering = Deliver(client, receiver.Url);
        await receiver.NextAsync();

        client.Emulator.Clock.Advance(TimeSpan.FromSeconds(15));
        var delivery = await delivering;

        Assert.Equal((null, "No response was received within 15 s."), (delivery.LastStatus, delivery.LastError));
    }

    [Fact]
    public async Task A_retry_goes_to_the_current_URL_of_the_endpoint()
    {
        await using var client = await EmulatorClient.StartAsync();
        await using var moved = await Receiver.StartAsync();
        await using var receiver = await Receiver.StartAsync(500);
        var failed = await Deliver(client, receiver.Url);

        await client.Send("PATCH", $"/v1/webhook_endpoints/{failed.EndpointId}", $$"""{"url":"{{moved.Url}}"}""");
        client.Emulator.Clock.Advance(TimeSpan.FromSeconds(5));
        await client.Emulator.Deliveries.WaitForAsync(failed.Id, EmulatorDeliveryStatus.Succeeded, Token);

        Assert.Equal(failed.EventId, (await moved.NextAsync()).EventId);
    }

    private static async Task<EmulatorDelivery> Deliver(EmulatorClient client, string url)
    {
        await client.CreateEndpoint(url);
        await client.Emulator.EmitAsync("payout.paid", cancellationToken: Token);
        return await client.Emulator.Deliveries.WaitForAsync(delivery => delivery.Attempts == 1, Token);
    }

    private static async Task WaitForDisconnectAsync(CancellationToken disconnected)
    {
        var ended = new TaskCompletionSource();
        await using var registration = disconnected.Register(() => ended.TrySetResult());
        await ended.Task;
    }
}
