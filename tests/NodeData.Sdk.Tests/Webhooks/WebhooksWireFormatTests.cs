using System.Text.RegularExpressions;
using NodeData.Sdk.Tests.Doubles;
using NodeData.Sdk.Webhooks;
using static NodeData.Sdk.Tests.Webhooks.Signing.SignatureTestData;

namespace NodeData.Sdk.Tests.Webhooks;

/// <summary>Tests of the exact request of each webhook call, and of the arguments that are rejected before a request is sent.</summary>
public sealed partial class WebhooksWireFormatTests
{
    private const string Url = "https://shop.example/hook";
    private const string Created = $$"""{"id":"we_1","url":"{{Url}}","events":[],"secret":"{{Secret}}"}""";

    [Theory]
    [SyncAndAsync]
    public async Task Create_always_sends_the_events_and_other_members_only_if_set(CallStyle callStyle)
    {
        await using var server = new ScriptedServer(request => request.RespondAsync(201, Created));
        using var node = TestClients.Create(server.BaseAddress);

        await node.CreateEndpoint(callStyle, new CreateWebhookEndpointOptions("HTTPS://Shop.example:443/ho ok/\u00e9?a=b&c"));
        await node.CreateEndpoint(
            callStyle,
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
            server.Requests.Select(GetBody)
        );
        Assert.All(server.Requests, request => Assert.Equal("POST /v1/webhook_endpoints", GetRequestLine(request)));
        Assert.Contains("Idempotency-Key: once\r\n", server.Requests.Last().Text, StringComparison.Ordinal);
        Assert.Single(server.Requests, request => request.Text.Contains("Idempotency-Key", StringComparison.Ordinal));
    }

    [Theory]
    [SyncAndAsync]
    public async Task Update_sends_only_the_members_that_are_set(CallStyle callStyle)
    {
        await using var server = new ScriptedServer(request => request.RespondAsync(200, """{"id":"we_1"}"""));
        using var node = TestClients.Create(server.BaseAddress);

        await node.UpdateEndpoint(callStyle, "we_1", new UpdateWebhookEndpointOptions { Url = new Uri(Url) });
        await node.UpdateEndpoint(callStyle, "we_1", new UpdateWebhookEndpointOptions { Events = [] });
        await node.UpdateEndpoint(callStyle, "we_1", new UpdateWebhookEndpointOptions { Events = ["payout.paid"], IsEnabled = true });
        await node.UpdateEndpoint(callStyle, "we_1", new UpdateWebhookEndpointOptions { Description = "", IsEnabled = false });

        Assert.Equal(
            [
                $$"""{"url":"{{Url}}"}""",
                """{"events":[]}""",
                """{"events":["payout.paid"],"enabled":true}""",
                """{"description":"","enabled":false}""",
            ],
            server.Requests.Select(GetBody)
        );
        Assert.All(server.Requests, request => Assert.Equal("PATCH /v1/webhook_endpoints/we_1", GetRequestLine(request)));
    }

    [Theory]
    [SyncAndAsync]
    public async Task Other_calls_send_no_body(CallStyle callStyle)
    {
        await using var server = new ScriptedServer(request =>
            request.RespondAsync(200, """{"id":"we_1","items":[],"event_types":[],"deleted":true}""")
        );
        using var node = TestClients.Create(server.BaseAddress);

        await node.GetEventTypes(callStyle);
        await node.ListEndpoints(callStyle);
        await node.GetEndpoint(callStyle, "a/b c?\u00e9");
        await node.GetDeliveries(callStyle, "we_1");
        await node.GetDeliveries(callStyle, "we_1", limit: 100);
        await node.DeleteEndpoint(callStyle, "we_1");

        Assert.Equal(
            [
                "OPTIONS /v1/webhook_endpoints",
                "GET /v1/webhook_endpoints",
                "GET /v1/webhook_endpoints/a%2Fb%20c%3F%C3%A9",
                "GET /v1/webhook_endpoints/we_1/events",
                "GET /v1/webhook_endpoints/we_1/events?limit=100",
                "DELETE /v1/webhook_endpoints/we_1",
            ],
            server.Requests.Select(GetRequestLine)
        );
        Assert.All(server.Requests, request => Assert.Empty(GetBody(request)));
    }

    [Theory]
    [SyncAndAsync]
    public async Task Pages_are_followed_if_the_service_returns_them(CallStyle callStyle)
    {
        await using var server = new ScriptedServer(request =>
            request.RespondAsync(
                200,
                request.Index == 0 ? """{"items":[{"id":"we_1"}],"next_cursor":"a b","has_more":true}""" : """{"items":[{"id":"we_2"}]}"""
            )
        );
        using var node = TestClients.Create(server.BaseAddress);

        var endpoints = await node.ListEndpoints(callStyle);
        _ = node.Webhooks.List(TestContext.Current.CancellationToken).AsPages(cursor: "c", pageSize: 7).First();

        Assert.Equal(["we_1", "we_2"], endpoints.Select(endpoint => endpoint.Id));
        Assert.Equal(
            ["GET /v1/webhook_endpoints", "GET /v1/webhook_endpoints?cursor=a%20b", "GET /v1/webhook_endpoints?limit=7&cursor=c"],
            server.Requests.Select(GetRequestLine)
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("whsec_test_oldsecret1234")]
    [InlineData(" nd_live_oldsecret1234")]
    public async Task An_id_that_is_invalid_or_contains_a_secret_is_rejected_before_sending(string id)
    {
        await using var server = new ScriptedServer(request => request.RespondAsync(200, """{"id":"we_1"}"""));
        using var node = TestClients.Create(server.BaseAddress);

        foreach (var callStyle in Enum.GetValues<CallStyle>())
        {
            var exception = await Assert.ThrowsAnyAsync<ArgumentException>(() => node.GetEndpoint(callStyle, id));
            Assert.DoesNotContain("oldsecret1234", exception.ToString(), StringComparison.Ordinal);
            await Assert.ThrowsAnyAsync<ArgumentException>(() => node.DeleteEndpoint(callStyle, id));
            await Assert.ThrowsAnyAsync<ArgumentException>(() => node.GetDeliveries(callStyle, id));
            await Assert.ThrowsAnyAsync<ArgumentException>(() =>
                node.UpdateEndpoint(callStyle, id, new UpdateWebhookEndpointOptions { IsEnabled = true })
            );
        }

        Assert.Empty(server.Requests);
    }

    [Theory]
    [SyncAndAsync]
    public async Task An_empty_update_and_a_limit_out_of_range_are_rejected_before_sending(CallStyle callStyle)
    {
        await using var server = new ScriptedServer(request => request.RespondAsync(200, """{"id":"we_1"}"""));
        using var node = TestClients.Create(server.BaseAddress);

        var empty = await Assert.ThrowsAsync<ArgumentException>(() =>
            node.UpdateEndpoint(callStyle, "we_1", new UpdateWebhookEndpointOptions())
        );
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => node.GetDeliveries(callStyle, "we_1", limit: 0));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => node.GetDeliveries(callStyle, "we_1", limit: 101));
        await Assert.ThrowsAsync<ArgumentNullException>(() => node.UpdateEndpoint(callStyle, "we_1", null!));
        await Assert.ThrowsAsync<ArgumentNullException>(() => node.CreateEndpoint(callStyle, null!));

        Assert.Contains("Set at least one member", empty.Message, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task No_URL_contains_a_secret_and_a_created_endpoint_prints_it_masked()
    {
        await using var server = new ScriptedServer(request => request.RespondAsync(201, Created));
        using var node = TestClients.Create(server.BaseAddress);

        var created = await node.CreateEndpoint(CallStyle.Async, new CreateWebhookEndpointOptions(Url));

        Assert.All(server.Requests, request => Assert.DoesNotMatch(Secrets(), request.Text.Split("\r\n")[0]));
        Assert.DoesNotContain("01234567", created.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("01234567", System.Text.Json.JsonSerializer.Serialize(created), StringComparison.Ordinal);
        Assert.Equal(Secret, created.Reveal());
    }

    private static string GetRequestLine(ReceivedRequest request) => request.Text.Split(" HTTP/1.1")[0];

    private static string GetBody(ReceivedRequest request) => request.Text.Split("\r\n\r\n", 2)[1];

    [GeneratedRegex("nd_|whsec_", RegexOptions.IgnoreCase)]
    private static partial Regex Secrets();
}
