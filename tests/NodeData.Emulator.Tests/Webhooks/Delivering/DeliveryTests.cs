using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using NodeData.Emulator.Tests.Doubles;
using NodeData.Sdk;

namespace NodeData.Emulator.Tests.Webhooks.Delivering;

public sealed partial class DeliveryTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_event_is_posted_signed_and_recorded()
    {
        await using var client = await EmulatorClient.StartAsync();
        await using var receiver = await Receiver.StartAsync();
        var endpoint = await client.CreateEndpoint(receiver.Url);

        var emitted = await client.Emulator.EmitAsync("listing.purchased", Purchase(), cancellationToken: Token);
        var received = await receiver.NextAsync();
        var delivery = await client.Emulator.Deliveries.WaitForAsync(
            Assert.Single(emitted.DeliveryIds),
            EmulatorDeliveryStatus.Succeeded,
            Token
        );

        Assert.Equal(("POST", "/hook", true), (received.Method, received.Path, received.IsComplete));
        Assert.Equal("application/json", received.Headers["Content-Type"]);
        Assert.Equal(emitted.Body, received.Body);
        Assert.Equal(["id", "type", "created_at", "data"], received.Json.EnumerateObject().Select(member => member.Name));
        Assert.Equal(emitted.Id, received.EventId);
        Assert.Equal("listing.purchased", received.Json.GetProperty("type").GetString());
        Assert.Equal(emitted.CreatedAt, received.Json.GetProperty("created_at").GetDateTimeOffset());
        Assert.Equal("""{"listing":"lst_1","amount_cents":1900}""", received.Json.GetProperty("data").GetRawText());
        Assert.True(received.Verify(endpoint.Member("secret")!, client.Emulator.Clock).IsValid);
        Assert.Equal((emitted.Id, "listing.purchased", KeyMode.Test), (delivery.EventId, delivery.EventType, delivery.Mode));
        Assert.Equal((1, 200, null, null), (delivery.Attempts, delivery.LastStatus, delivery.LastError, delivery.NextAttemptAt));
        Assert.InRange(delivery.SucceededAt!.Value, delivery.CreatedAt, client.Emulator.Clock.GetUtcNow());
    }

    [Fact]
    public async Task Deliveries_are_listed_newest_first()
    {
        await using var client = await EmulatorClient.StartAsync();
        await using var receiver = await Receiver.StartAsync(200, 500);
        var id = (await client.CreateEndpoint(receiver.Url)).Member("id");
        var first = await client.Emulator.EmitAsync("payout.paid", cancellationToken: Token);
        await client.Emulator.Deliveries.WaitForIdleAsync(Token);
        var second = await client.Emulator.EmitAsync("asset.downloaded", cancellationToken: Token);
        await client.Emulator.Deliveries.WaitForIdleAsync(Token);

        var items = (await client.Send("GET", $"/v1/webhook_endpoints/{id}/events")).Items;
        var one = (await client.Send("GET", $"/v1/webhook_endpoints/{id}/events?limit=1")).Items;

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
        Assert.Equal([second.DeliveryIds[0], first.DeliveryIds[0]], client.Emulator.Deliveries.GetAll().Select(delivery => delivery.Id));
    }

    [Fact]
    public async Task An_event_goes_to_each_enabled_and_subscribed_endpoint_of_its_mode()
    {
        await using var client = await EmulatorClient.StartAsync();
        await using var receiver = await Receiver.StartAsync();
        var all = await client.CreateEndpoint(receiver.Url);
        var subscribed = await client.CreateEndpoint(receiver.Url, null, "payout.paid", "asset.downloaded");
        await client.CreateEndpoint(receiver.Url, null, "asset.downloaded");
        var live = await client.CreateEndpoint(receiver.Url, client.LiveKey);
        var disabled = await client.CreateEndpoint(receiver.Url);
        await client.Send("PATCH", $"/v1/webhook_endpoints/{disabled.Member("id")}", """{"enabled":false}""");

        var test = await client.Emulator.EmitAsync("payout.paid", cancellationToken: Token);
        var ofLive = await client.Emulator.EmitAsync("payout.paid", mode: KeyMode.Live, cancellationToken: Token);
        var unknown = await client.Emulator.EmitAsync("robot.moved", cancellationToken: Token);
        await client.Emulator.Deliveries.WaitForIdleAsync(Token);

        Assert.Equal([all.Member("id"), subscribed.Member("id")], GetEndpointIds(client, test));
        Assert.Equal([live.Member("id")], GetEndpointIds(client, ofLive));
        Assert.Equal([all.Member("id")], GetEndpointIds(client, unknown));
        Assert.Equal(4, receiver.UnreadCount);
    }

    [Fact]
    public async Task Data_is_the_given_value_or_an_empty_object()
    {
        await using var client = await EmulatorClient.StartAsync();
        await using var receiver = await Receiver.StartAsync();
        await client.CreateEndpoint(receiver.Url);

        await client.Emulator.EmitAsync("robot.moved", new Move("π"), MoveJson.Default.Move, cancellationToken: Token);
        var typed = await receiver.NextAsync();
        await client.Emulator.EmitAsync("robot.moved", cancellationToken: Token);
        var without = await receiver.NextAsync();

        Assert.Equal("π", typed.Json.GetProperty("data").GetProperty("Angle").GetString());
        Assert.Equal("{}", without.Json.GetProperty("data").GetRawText());
    }

    [Fact]
    public async Task An_event_requires_a_type_and_a_mode()
    {
        await using var client = await EmulatorClient.StartAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => client.Emulator.EmitAsync(default, cancellationToken: Token));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() =>
            client.Emulator.EmitAsync("payout.paid", mode: default, cancellationToken: Token)
        );
    }

    [Fact]
    public async Task At_most_32_deliveries_are_attempted_at_once()
    {
        await using var client = await EmulatorClient.StartAsync();
        var (now, maxConcurrent, atOnce) = (0, 0, new TaskCompletionSource());
        await using var receiver = await Receiver.StartAsync(
            async (_, _) =>
            {
                var here = Interlocked.Increment(ref now);
                if (here == 32)
                {
                    atOnce.TrySetResult();
                }

                await atOnce.Task;
                InterlockedMax(ref maxConcurrent, here);
                Interlocked.Decrement(ref now);
            }
        );
        await client.CreateEndpoint(receiver.Url);

        var emitted = await Task.WhenAll(
            Enumerable.Range(0, 100).Select(_ => client.Emulator.EmitAsync("payout.paid", cancellationToken: Token))
        );
        await client.Emulator.Deliveries.WaitForIdleAsync(Token);

        Assert.Equal(32, maxConcurrent);
        Assert.All(client.Emulator.Deliveries.GetAll(), delivery => Assert.Equal((1, 200), (delivery.Attempts, delivery.LastStatus)));
        var ids = (await receiver.NextAsync(100)).Select(received => received.EventId!).ToHashSet();
        Assert.Equal(emitted.Select(one => one.Id).ToHashSet(), ids);

        static void InterlockedMax(ref int maxConcurrent, int value)
        {
            for (var seen = maxConcurrent; value > seen; seen = maxConcurrent)
            {
                Interlocked.CompareExchange(ref maxConcurrent, value, seen);
            }
        }
    }

    private static JsonObject Purchase() => new() { ["listing"] = "lst_1", ["amount_cents"] = 1900 };

    private static IEnumerable<string> GetEndpointIds(EmulatorClient client, EmittedEvent emitted)
    {
        var all = client.Emulator.Deliveries.GetAll();
        return emitted.DeliveryIds.Select(id => all.Single(delivery => delivery.Id == id).EndpointId);
    }

    internal sealed record Move(string Angle);

    [JsonSerializable(typeof(Move))]
    private sealed partial class MoveJson : JsonSerializerContext;
}
