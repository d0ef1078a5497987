using NodeData.Emulator.Tests.Doubles;

namespace NodeData.Emulator.Tests.Control;

public sealed class WebhookControlTests
{
    private static readonly EmulatorOptions WithControlApi = new() { EnableControlApi = true, TimeProvider = FrozenTimeProvider.Instance };

    [Fact]
    public async Task An_event_can_be_emitted_awaited_and_redelivered()
    {
        await using var client = await EmulatorClient.StartAsync(WithControlApi);
        await using var receiver = await Receiver.StartAsync();
        var endpoint = await client.CreateEndpoint(receiver.Url, client.LiveKey);

        var emitted = await client.SendWithoutKey(
            "POST",
            "/control/events",
            """{"type":"payout.paid","data":{"amount_cents":9007199254740993,"to":"é"},"mode":"live"}"""
        );
        var idle = Assert.Single((await client.SendWithoutKey("POST", "/control/deliveries/idle")).Items);
        var id = Assert.Single(emitted.Json.GetProperty("delivery_ids").EnumerateArray()).GetString();
        var again = await client.SendWithoutKey("POST", "/control/deliveries/redeliver", $$"""{"id":"{{id}}"}""");
        await client.SendWithoutKey("POST", "/control/deliveries/idle");
        var listed = Assert.Single((await client.SendWithoutKey("GET", "/control/deliveries")).Items);
        var received = await receiver.NextAsync(2);

        Assert.Equal(("payout.paid", "live"), (emitted.Member("type"), emitted.Member("mode")));
        Assert.All(received, delivery => Assert.Equal(emitted.Member("id"), delivery.EventId));
        Assert.Equal("""{"amount_cents":9007199254740993,"to":"é"}""", received[0].Json.GetProperty("data").GetRawText());
        Assert.Equal(endpoint.Member("id"), idle.GetProperty("endpoint_id").GetString());
        Assert.Equal("live", idle.GetProperty("mode").GetString());
        Assert.Equal("succeeded", idle.GetProperty("delivery").GetProperty("status").GetString());
        Assert.Equal("pending", again.Json.GetProperty("delivery").GetProperty("status").GetString());
        Assert.Equal(2, listed.GetProperty("delivery").GetProperty("attempts").GetInt32());
    }

    [Fact]
    public async Task A_secret_can_be_replaced()
    {
        await using var client = await EmulatorClient.StartAsync(WithControlApi);
        await using var receiver = await Receiver.StartAsync();
        var id = (await client.CreateEndpoint(receiver.Url)).Member("id")!;

        var replaced = await client.SendWithoutKey(
            "POST",
            "/control/webhook_secrets",
            $$"""{"endpoint_id":"{{id}}","overlap_seconds":3600}"""
        );
        Assert.Equal(200, (await client.SendWithoutKey("POST", "/control/events", """{"type":"payout.paid"}""")).Status);
        var received = await receiver.NextAsync();

        Assert.Equal(id, replaced.Member("endpoint_id"));
        Assert.True(received.Verify(replaced.Member("secret")!, client.Emulator.Clock).IsValid);
        Assert.Equal(2, received.Signature.Split("v1=").Length - 1);
    }

    [Theory]
    [InlineData("""{"kind":"duplicate"}""", 2, "succeeded")]
    [InlineData("""{"kind":"reorder"}""", 0, "pending")]
    [InlineData("""{"kind":"delay","seconds":60}""", 0, "pending")]
    [InlineData("""{"kind":"use_stale_timestamp","seconds":900}""", 1, "succeeded")]
    [InlineData("""{"kind":"use_invalid_signature"}""", 1, "succeeded")]
    [InlineData("""{"kind":"drop","count":2}""", 0, "pending")]
    [InlineData("""{"kind":"truncate","bytes":5}""", 1, "pending")]
    [InlineData("""{"kind":"drop","endpoint_id":"we_another"}""", 1, "succeeded")]
    public async Task A_delivery_fault_can_be_enqueued(string fault, int requests, string status)
    {
        await using var client = await EmulatorClient.StartAsync(WithControlApi);
        await using var receiver = await Receiver.StartAsync();
        await client.CreateEndpoint(receiver.Url);

        Assert.Equal(200, (await client.SendWithoutKey("POST", "/control/delivery_faults", fault)).Status);
        await client.SendWithoutKey("POST", "/control/events", """{"type":"payout.paid"}""");
        var idle = Assert.Single((await client.SendWithoutKey("POST", "/control/deliveries/idle")).Items);

        await receiver.NextAsync(requests);
        Assert.Equal(0, receiver.UnreadCount);
        Assert.Equal(status, idle.GetProperty("delivery").GetProperty("status").GetString());
    }

    [Fact]
    public async Task Delivery_faults_can_be_cleared()
    {
        await using var client = await EmulatorClient.StartAsync(WithControlApi);
        await using var receiver = await Receiver.StartAsync();
        await client.CreateEndpoint(receiver.Url);
        await client.SendWithoutKey("POST", "/control/delivery_faults", """{"kind":"drop","count":5}""");

        Assert.Equal(200, (await client.SendWithoutKey("DELETE", "/control/delivery_faults")).Status);
        await client.SendWithoutKey("POST", "/control/events", """{"type":"payout.paid"}""");

        await receiver.NextAsync();
    }

    [Theory]
    [InlineData("/control/events", "{}", "type")]
    [InlineData("/control/events", """{"type":""}""", "type")]
    [InlineData("/control/events", """{"type":"payout paid"}""", "type")]
    [InlineData("/control/events", """{"type":"payout.paid","mode":"both"}""", "mode")]
    [InlineData("/control/deliveries/redeliver", "{}", "id")]
    [InlineData("/control/delivery_faults", "{}", "kind")]
    [InlineData("/control/delivery_faults", """{"kind":"explode"}""", "kind")]
    [InlineData("/control/delivery_faults", """{"kind":"delay"}""", "seconds")]
    [InlineData("/control/delivery_faults", """{"kind":"use_stale_timestamp","seconds":-1}""", "seconds")]
    [InlineData("/control/delivery_faults", """{"kind":"truncate","bytes":1.5}""", "bytes")]
    [InlineData("/control/delivery_faults", """{"kind":"drop","count":0}""", "count")]
    [InlineData("/control/webhook_secrets", """{"overlap_seconds":1}""", "endpoint_id")]
    [InlineData("/control/webhook_secrets", """{"endpoint_id":"we_1"}""", "overlap_seconds")]
    [InlineData("/control/webhook_secrets", """{"endpoint_id":"we_1","overlap_seconds":-1}""", "overlap_seconds")]
    public async Task An_invalid_request_is_rejected_naming_the_field(string path, string body, string field)
    {
        await using var client = await EmulatorClient.StartAsync(WithControlApi);

        (await client.SendWithoutKey("POST", path, body)).AssertError(400, "validation_failed", field);
    }

    [Fact]
    public async Task Unknown_ids_are_not_found_and_an_impossible_redelivery_is_a_conflict()
    {
        await using var client = await EmulatorClient.StartAsync(WithControlApi);
        await using var receiver = await Receiver.StartAsync();
        var id = (await client.CreateEndpoint(receiver.Url)).Member("id");
        var emitted = await client.SendWithoutKey("POST", "/control/events", """{"type":"payout.paid"}""");
        var delivery = emitted.Json.GetProperty("delivery_ids")[0].GetString();
        await client.Send("DELETE", $"/v1/webhook_endpoints/{id}");

        var redelivered = await client.SendWithoutKey("POST", "/control/deliveries/redeliver", $$"""{"id":"{{delivery}}"}""");
        var unknown = await client.SendWithoutKey("POST", "/control/deliveries/redeliver", """{"id":"wd_1"}""");
        var secret = await client.SendWithoutKey("POST", "/control/webhook_secrets", """{"endpoint_id":"we_1","overlap_seconds":0}""");

        redelivered.AssertError(409, "conflict");
        unknown.AssertError(404, "not_found");
        secret.AssertError(404, "not_found");
    }
}
