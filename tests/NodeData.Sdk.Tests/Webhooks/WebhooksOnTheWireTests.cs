using System.Text.RegularExpressions;
using NodeData.Sdk.Tests.Doubles;
using NodeData.Sdk.Webhooks;
using static NodeData.Sdk.Tests.Webhooks.Signing.Delivery;

namespace NodeData.Sdk.Tests.Webhooks;

/// <summary>The very bytes of each webhook call, and what is refused before there are any.</summary>
public sealed partial class WebhooksOnTheWireTests
{
    private const string Url = "https://shop.example/hook";
    private const string Created = $$"""{"id":"we_1","url":"{{Url}}","events":[],"secret":"{{Secret}}"}""";

    [Theory]
    [ThroughBothDoors]
    public async Task Creating_sends_the_events_always_and_the_rest_where_it_was_set(Door door)
    {
        await using var server = new ScriptedServer(request => request.AnswerAsync(201, Created));
        using var node = Clients.Of(server.BaseAddress);

        await node.CreateEndpoint(door, new CreateWebhookEndpointOptions("HTTPS://Shop.example:443/ho ok/\u00e9?a=b&c"));
        await node.CreateEndpoint(
            door,
            new CreateWebhookEndpointOptions(new Uri("http://127.0.0.1:8080/hook"))
            {
                Events = [WebhookEventType.PayoutPaid, "robot.moved"],
                Description = "payouts \u00e9",
                IdempotencyKey = "once",
            }
        );

        Assert.Equal(
            [
                """{"url":"https://shop.example/ho%20ok/%C3%A9?a=b\u0026c","events":[]}""",
                """{"url":"http://127.0.0.1:8080/hook","events":["payout.paid","robot.moved"],"description":"payouts \u00E9"}""",
            ],
            server.Requests.Select(BodyOf)
        );
        Assert.All(server.Requests, request => Assert.Equal("POST /v1/webhook_endpoints", LineOf(request)));
        Assert.Contains("Idempotency-Key: once\r\n", server.Requests.Last().Text, StringComparison.Ordinal);
        Assert.Single(server.Requests, request => request.Text.Contains("Idempotency-Key", StringComparison.Ordinal));
    }

    [Theory]
    [ThroughBothDoors]
    public async Task Updating_sends_only_what_was_set(Door door)
    {
        await using var server = new ScriptedServer(request => request.AnswerAsync(200, """{"id":"we_1"}"""));
        using var node = Clients.Of(server.BaseAddress);

        await node.UpdateEndpoint(door, "we_1", new UpdateWebhookEndpointOptions { Url = new Uri(Url) });
        await node.UpdateEndpoint(door, "we_1", new UpdateWebhookEndpointOptions { Events = [] });
        await node.UpdateEndpoint(door, "we_1", new UpdateWebhookEndpointOptions { Events = ["payout.paid"], IsEnabled = true });
        await node.UpdateEndpoint(door, "we_1", new UpdateWebhookEndpointOptions { Description = "", IsEnabled = false });

        Assert.Equal(
            [
                $$"""{"url":"{{Url}}"}""",
                """{"events":[]}""",
                """{"events":["payout.paid"],"enabled":true}""",
                """{"description":"","enabled":false}""",
            ],
            server.Requests.Select(BodyOf)
        );
        Assert.All(server.Requests, request => Assert.Equal("PATCH /v1/webhook_endpoints/we_1", LineOf(request)));
    }

    [Theory]
    [ThroughBothDoors]
    public async Task The_other_calls_send_no_body(Door door)
    {
        await using var server = new ScriptedServer(request =>
            request.AnswerAsync(200, """{"id":"we_1","items":[],"event_types":[],"deleted":true}""")
        );
        using var node = Clients.Of(server.BaseAddress);

        await node.GetEventTypes(door);
        await node.ListEndpoints(door);
        await node.GetEndpoint(door, "a/b c?\u00e9");
        await node.GetDeliveries(door, "we_1");
        await node.GetDeliveries(door, "we_1", limit: 100);
        await node.DeleteEndpoint(door, "we_1");

        Assert.Equal(
            [
                "OPTIONS /v1/webhook_endpoints",
                "GET /v1/webhook_endpoints",
                "GET /v1/webhook_endpoints/a%2Fb%20c%3F%C3%A9",
                "GET /v1/webhook_endpoints/we_1/events",
                "GET /v1/webhook_endpoints/we_1/events?limit=100",
                "DELETE /v1/webhook_endpoints/we_1",
            ],
            server.Requests.Select(LineOf)
        );
        Assert.All(server.Requests, request => Assert.Empty(BodyOf(request)));
    }

    [Theory]
    [ThroughBothDoors]
    public async Task Pages_are_followed_should_the_service_come_to_give_them(Door door)
    {
        await using var server = new ScriptedServer(request =>
            request.AnswerAsync(
                200,
                request.Index == 0 ? """{"items":[{"id":"we_1"}],"next_cursor":"a b","has_more":true}""" : """{"items":[{"id":"we_2"}]}"""
            )
        );
        using var node = Clients.Of(server.BaseAddress);

        var endpoints = await node.ListEndpoints(door);
        _ = node.Webhooks.List(TestContext.Current.CancellationToken).AsPages(cursor: "c", pageSize: 7).First();

        Assert.Equal(["we_1", "we_2"], endpoints.Select(endpoint => endpoint.Id));
        Assert.Equal(
            ["GET /v1/webhook_endpoints", "GET /v1/webhook_endpoints?cursor=a%20b", "GET /v1/webhook_endpoints?limit=7&cursor=c"],
            server.Requests.Select(LineOf)
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("whsec_test_oldsecret1234")]
    [InlineData(" nd_live_oldsecret1234")]
    public async Task An_id_that_is_none_or_holds_a_secret_is_refused_before_anything_is_sent(string id)
    {
        await using var server = new ScriptedServer(request => request.AnswerAsync(200, """{"id":"we_1"}"""));
        using var node = Clients.Of(server.BaseAddress);

        foreach (var door in Enum.GetValues<Door>())
        {
            var got = await Assert.ThrowsAnyAsync<ArgumentException>(() => node.GetEndpoint(door, id));
            Assert.DoesNotContain("oldsecret1234", got.ToString(), StringComparison.Ordinal);
            await Assert.ThrowsAnyAsync<ArgumentException>(() => node.DeleteEndpoint(door, id));
            await Assert.ThrowsAnyAsync<ArgumentException>(() => node.GetDeliveries(door, id));
            await Assert.ThrowsAnyAsync<ArgumentException>(() =>
                node.UpdateEndpoint(door, id, new UpdateWebhookEndpointOptions { IsEnabled = true })
            );
        }

        Assert.Empty(server.Requests);
    }

    [Theory]
    [ThroughBothDoors]
    public async Task An_empty_change_and_a_limit_out_of_range_are_refused_before_anything_is_sent(Door door)
    {
        await using var server = new ScriptedServer(request => request.AnswerAsync(200, """{"id":"we_1"}"""));
        using var node = Clients.Of(server.BaseAddress);

        var empty = await Assert.ThrowsAsync<ArgumentException>(() =>
            node.UpdateEndpoint(door, "we_1", new UpdateWebhookEndpointOptions())
        );
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => node.GetDeliveries(door, "we_1", limit: 0));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => node.GetDeliveries(door, "we_1", limit: 101));
        await Assert.ThrowsAsync<ArgumentNullException>(() => node.UpdateEndpoint(door, "we_1", null!));
        await Assert.ThrowsAsync<ArgumentNullException>(() => node.CreateEndpoint(door, null!));

        Assert.Contains("set at least one member", empty.Message, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task No_secret_stands_in_any_address_and_a_created_endpoint_prints_masked()
    {
        await using var server = new ScriptedServer(request => request.AnswerAsync(201, Created));
        using var node = Clients.Of(server.BaseAddress);

        var created = await node.CreateEndpoint(Door.Async, new CreateWebhookEndpointOptions(Url));

        Assert.All(server.Requests, request => Assert.DoesNotMatch(Secrets(), request.Text.Split("\r\n")[0]));
        Assert.DoesNotContain("01234567", created.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("01234567", System.Text.Json.JsonSerializer.Serialize(created), StringComparison.Ordinal);
        Assert.Equal(Secret, created.Reveal());
    }

    private static string LineOf(ServedRequest request) => request.Text.Split(" HTTP/1.1")[0];

    private static string BodyOf(ServedRequest request) => request.Text.Split("\r\n\r\n", 2)[1];

    [GeneratedRegex("nd_|whsec_", RegexOptions.IgnoreCase)]
    private static partial Regex Secrets();
}
