using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using NodeData.Emulator.Tests.Doubles;
using NodeData.Sdk;

namespace NodeData.Emulator.Tests.Webhooks.Delivering;

public sealed partial class DeliveryTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_event_is_posted_signed_and_told_of()
    {
        await using var wire = await Wire.OpenAsync();
        await using var receiver = await Receiver.StartAsync();
        var endpoint = await wire.CreateEndpoint(receiver.Url);

        var emitted = await wire.Emulator.EmitAsync("listing.purchased", Purchase(), cancellationToken: Token);
        var received = await receiver.NextAsync();
        var delivery = await wire.Emulator.Deliveries.WaitForAsync(
            Assert.Single(emitted.DeliveryIds),
            EmulatorDeliveryStatus.Succeeded,
            Token
        );

        Assert.Equal(("POST", "/hook", true), (received.Method, received.Path, received.IsWhole));
        Assert.Equal("application/json", received.Headers["Content-Type"]);
        Assert.Equal(emitted.Body, received.Body);
        Assert.Equal(["id", "type", "created_at", "data"], received.Json.EnumerateObject().Select(member => member.Name));
        Assert.Equal(emitted.Id, received.EventId);
        Assert.Equal("listing.purchased", received.Json.GetProperty("type").GetString());
        Assert.Equal(emitted.CreatedAt, received.Json.GetProperty("created_at").GetDateTimeOffset());
        Assert.Equal("""{"listing":"lst_1","amount_cents":1900}""", received.Json.GetProperty("data").GetRawText());
        Assert.True(received.VerifiedWith(endpoint.Member("secret")!, wire.Emulator.Clock).IsValid);
        Assert.Equal((emitted.Id, "listing.purchased", KeyMode.Test), (delivery.EventId, delivery.EventType, delivery.Mode));
        Assert.Equal((1, 200, null, null), (delivery.Attempts, delivery.LastStatus, delivery.LastError, delivery.NextAttemptAt));
        Assert.InRange(delivery.SucceededAt!.Value, delivery.CreatedAt, wire.Emulator.Clock.GetUtcNow());
    }

    [Fact]
    public async Task What_the_wire_tells_of_deliveries_is_newest_first()
    {
        await using var wire = await Wire.OpenAsync();
        await using var receiver = await Receiver.StartAsync(200, 500);
        var id = (await wire.CreateEndpoint(receiver.Url)).Member("id");
        var first = await wire.Emulator.EmitAsync("payout.paid", cancellationToken: Token);
        await wire.Emulator.Deliveries.WaitForIdleAsync(Token);
        var second = await wire.Emulator.EmitAsync("asset.downloaded", cancellationToken: Token);
        await wire.Emulator.Deliveries.WaitForIdleAsync(Token);

        var items = (await wire.Send("GET", $"/v1/webhook_endpoints/{id}/events")).Items;
        var one = (await wire.Send("GET", $"/v1/webhook_endpoints/{id}/events?limit=1")).Items;

        Assert.Equal([second.DeliveryIds[0], first.DeliveryIds[0]], items.Select(item => item.GetProperty("id").GetString()));
        Assert.Equal(
            ["id", "event_id", "event_type", "status", "attempts", "last_status", "last_error", "next_attempt_at", "created_at"],
            items[0].EnumerateObject().Select(member => member.Name)
        );
        Assert.Equal(
            ["id", "event_id", "event_type", "status", "attempts", "last_status", "succeeded_at", "created_at"],
            items[1].EnumerateObject().Select(member => member.Name)
        );
        Assert.Equal(("pending", "succeeded"), (items[0].GetProperty("status").GetString(), items[1].GetProperty("status").GetString()));
        Assert.Equal(second.DeliveryIds[0], Assert.Single(one).GetProperty("id").GetString());
        Assert.Equal([second.DeliveryIds[0], first.DeliveryIds[0]], wire.Emulator.Deliveries.GetAll().Select(delivery => delivery.Id));
    }

    [Fact]
    public async Task An_event_goes_to_each_enabled_endpoint_of_its_mode_that_wants_it()
    {
        await using var wire = await Wire.OpenAsync();
        await using var receiver = await Receiver.StartAsync();
        var all = await wire.CreateEndpoint(receiver.Url);
        var wanting = await wire.CreateEndpoint(receiver.Url, null, "payout.paid", "asset.downloaded");
        await wire.CreateEndpoint(receiver.Url, null, "asset.downloaded");
        var live = await wire.CreateEndpoint(receiver.Url, wire.LiveKey);
        var disabled = await wire.CreateEndpoint(receiver.Url);
        await wire.Send("PATCH", $"/v1/webhook_endpoints/{disabled.Member("id")}", """{"enabled":false}""");

        var test = await wire.Emulator.EmitAsync("payout.paid", cancellationToken: Token);
        var ofLive = await wire.Emulator.EmitAsync("payout.paid", mode: KeyMode.Live, cancellationToken: Token);
        var unknown = await wire.Emulator.EmitAsync("robot.moved", cancellationToken: Token);
        await wire.Emulator.Deliveries.WaitForIdleAsync(Token);

        Assert.Equal([all.Member("id"), wanting.Member("id")], EndpointsOf(wire, test));
        Assert.Equal([live.Member("id")], EndpointsOf(wire, ofLive));
        Assert.Equal([all.Member("id")], EndpointsOf(wire, unknown));
        Assert.Equal(4, receiver.Waiting);
    }

    [Fact]
    public async Task Data_is_what_the_caller_has_and_an_empty_object_where_there_is_none()
    {
        await using var wire = await Wire.OpenAsync();
        await using var receiver = await Receiver.StartAsync();
        await wire.CreateEndpoint(receiver.Url);

        await wire.Emulator.EmitAsync("robot.moved", new Move("π"), MoveJson.Default.Move, cancellationToken: Token);
        var typed = await receiver.NextAsync();
        await wire.Emulator.EmitAsync("robot.moved", cancellationToken: Token);
        var without = await receiver.NextAsync();

        Assert.Equal("π", typed.Json.GetProperty("data").GetProperty("Angle").GetString());
        Assert.Equal("{}", without.Json.GetProperty("data").GetRawText());
    }

    [Fact]
    public async Task An_event_has_a_type_and_a_mode()
    {
        await using var wire = await Wire.OpenAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => wire.Emulator.EmitAsync(default, cancellationToken: Token));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() =>
            wire.Emulator.EmitAsync("payout.paid", mode: default, cancellationToken: Token)
        );
    }

    [Fact]
    public async Task Many_are_delivered_at_once_and_no_more_than_32()
    {
        await using var wire = await Wire.OpenAsync();
        var (now, most, atOnce) = (0, 0, new TaskCompletionSource());
        await using var receiver = await Receiver.StartAsync(
            async (_, _) =>
            {
                var here = Interlocked.Increment(ref now);
                if (here == 32)
                {
                    atOnce.TrySetResult();
                }

                await atOnce.Task;
                InterlockedMax(ref most, here);
                Interlocked.Decrement(ref now);
            }
        );
        await wire.CreateEndpoint(receiver.Url);

        var emitted = await Task.WhenAll(
            Enumerable.Range(0, 100).Select(_ => wire.Emulator.EmitAsync("payout.paid", cancellationToken: Token))
        );
        await wire.Emulator.Deliveries.WaitForIdleAsync(Token);

        Assert.Equal(32, most);
        Assert.All(wire.Emulator.Deliveries.GetAll(), delivery => Assert.Equal((1, 200), (delivery.Attempts, delivery.LastStatus)));
        var ids = (await receiver.NextAsync(100)).Select(received => received.EventId!).ToHashSet();
        Assert.Equal(emitted.Select(one => one.Id).ToHashSet(), ids);

        static void InterlockedMax(ref int most, int value)
        {
            for (var seen = most; value > seen; seen = most)
            {
                Interlocked.CompareExchange(ref most, value, seen);
            }
        }
    }

    private static JsonObject Purchase() => new() { ["listing"] = "lst_1", ["amount_cents"] = 1900 };

    private static IEnumerable<string> EndpointsOf(Wire wire, EmittedEvent emitted)
    {
        var all = wire.Emulator.Deliveries.GetAll();
        return emitted.DeliveryIds.Select(id => all.Single(delivery => delivery.Id == id).EndpointId);
    }

    internal sealed record Move(string Angle);

    [JsonSerializable(typeof(Move))]
    private sealed partial class MoveJson : JsonSerializerContext;
}
