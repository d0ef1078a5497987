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
    public async Task A_status_of_success_ends_a_delivery(int status)
    {
        await using var wire = await Wire.OpenAsync();
        await using var receiver = await Receiver.StartAsync(status);

        var delivery = await Deliver(wire, receiver.Url);

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
        await using var wire = await Wire.OpenAsync();
        await using var receiver = await Receiver.StartAsync(status);

        var delivery = await Deliver(wire, receiver.Url);

        Assert.Equal((EmulatorDeliveryStatus.Pending, status), (delivery.Status, delivery.LastStatus));
        Assert.Equal($"The receiver answered {status}.", delivery.LastError);
        Assert.NotNull(delivery.NextAttemptAt);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var wire = await Wire.OpenAsync();
        await using var elsewhere = await Receiver.StartAsync();
        await using var receiver = await Receiver.StartAsync(
            (_, http) =>
            {
                http.Response.StatusCode = 307;
                http.Response.Headers.Location = elsewhere.Url;
                return Task.CompletedTask;
            }
        );

        var delivery = await Deliver(wire, receiver.Url);

        Assert.Equal((307, "The receiver answered 307."), (delivery.LastStatus, delivery.LastError));
        Assert.Equal((1, 0), (receiver.Waiting, elsewhere.Waiting));
    }

    [Fact]
    public async Task A_refused_connection_is_a_failure()
    {
        await using var wire = await Wire.OpenAsync();
        // Bound and not listening: nobody else can take the port meanwhile.
        using var closed = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        closed.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var url = $"http://127.0.0.1:{((IPEndPoint)closed.LocalEndPoint!).Port}/hook";

        var delivery = await Deliver(wire, url);

        Assert.Equal((null, "The connection was refused or could not be made."), (delivery.LastStatus, delivery.LastError));
    }

    [Fact]
    public async Task A_broken_connection_is_a_failure()
    {
        await using var wire = await Wire.OpenAsync();
        await using var receiver = await Receiver.StartAsync(
            (_, http) =>
            {
                http.Abort();
                return Task.CompletedTask;
            }
        );

        var delivery = await Deliver(wire, receiver.Url);

        Assert.Equal((null, "The connection broke before there was an answer."), (delivery.LastStatus, delivery.LastError));
    }

    [Fact]
    public async Task A_connection_reset_as_soon_as_it_was_made_is_a_failure()
    {
        using var connection = new ResetConnection();
        using var sender = new DeliverySender(TimeProvider.System, connection.OpenAsync);
        var parcel = new Parcel(
            KeyMode.Test,
            new Uri("http://127.0.0.1/hook"),
            "{}"u8.ToArray(),
            [WebhookSecret.Parse("whsec_test_0123456789abcdef0123456789abcdef")]
        );

        var outcome = await sender.SendAsync(parcel, fault: null, Token);

        Assert.Equal("The connection broke before there was an answer.", outcome.Error);
    }

    [Fact]
    public async Task No_tls_where_there_should_be_is_a_failure()
    {
        await using var wire = await Wire.OpenAsync();
        await using var receiver = await Receiver.StartAsync();

        var delivery = await Deliver(wire, receiver.Url.Replace("http:", "https:", StringComparison.Ordinal));

        Assert.Equal((null, "The TLS connection could not be made."), (delivery.LastStatus, delivery.LastError));
    }

    [Fact]
    public async Task An_answer_that_takes_more_than_15_seconds_of_the_clock_is_a_failure()
    {
        await using var wire = await Wire.OpenAsync();
        await using var receiver = await Receiver.StartAsync((_, http) => UntilTheClientIsGone(http.RequestAborted));
        var delivering = Deliver(wire, receiver.Url);
        await receiver.NextAsync();

        wire.Emulator.Clock.Advance(TimeSpan.FromSeconds(15));
        var delivery = await delivering;

        Assert.Equal((null, "There was no answer within 15 s."), (delivery.LastStatus, delivery.LastError));
    }

    [Fact]
    public async Task A_delivery_that_failed_goes_to_where_the_endpoint_is_then()
    {
        await using var wire = await Wire.OpenAsync();
        await using var moved = await Receiver.StartAsync();
        await using var receiver = await Receiver.StartAsync(500);
        var failed = await Deliver(wire, receiver.Url);

        await wire.Send("PATCH", $"/v1/webhook_endpoints/{failed.EndpointId}", $$"""{"url":"{{moved.Url}}"}""");
        wire.Emulator.Clock.Advance(TimeSpan.FromSeconds(5));
        await wire.Emulator.Deliveries.WaitForAsync(failed.Id, EmulatorDeliveryStatus.Succeeded, Token);

        Assert.Equal(failed.EventId, (await moved.NextAsync()).EventId);
    }

    private static async Task<EmulatorDelivery> Deliver(Wire wire, string url)
    {
        await wire.CreateEndpoint(url);
        await wire.Emulator.EmitAsync("payout.paid", cancellationToken: Token);
        return await wire.Emulator.Deliveries.WaitForAsync(delivery => delivery.Attempts == 1, Token);
    }

    private static async Task UntilTheClientIsGone(CancellationToken gone)
    {
        var ended = new TaskCompletionSource();
        await using var registration = gone.Register(() => ended.TrySetResult());
        await ended.Task;
    }
}
