using NodeData.Sdk.Tests.Doubles;
using NodeData.Sdk.Webhooks;
using static NodeData.Sdk.Tests.Webhooks.Signing.SignatureTestData;

namespace NodeData.Sdk.Tests.Webhooks;

/// <summary>Tests of how webhook responses are read, including those of a newer service and invalid ones.</summary>
public sealed class WebhookResponsesTests
{
    private const string Url = "https://shop.example/hook";

    [Theory]
    [SyncAndAsync]
    public async Task An_endpoint_is_read_with_unknown_values_and_members(CallStyle callStyle)
    {
        var endpoint = await CallAsync(
            """
            {"id":"we_1","url":"https://shop.example/hook","events":["payout.paid","robot.moved"],"description":"d","enabled":false,
             "created_at":"2026-01-02T03:04:05Z","owner":{"id":"usr_1"},"secret":"whsec_test_0123456789abcdef0123456789abcdef"}
            """,
            node => node.GetEndpoint(callStyle, "we_1")
        );

        Assert.Equal("we_1", endpoint.Id);
        Assert.Equal(new Uri(Url), endpoint.Url);
        Assert.Equal([WebhookEventType.PayoutPaid, "robot.moved"], endpoint.Events);
        Assert.Equal("d", endpoint.Description);
        Assert.False(endpoint.IsEnabled);
        Assert.Equal(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), endpoint.CreatedAt);
        Assert.Equal("usr_1", endpoint.AdditionalMembers["owner"].GetProperty("id").GetString());
        Assert.Equal("whsec_test_…cdef", endpoint.AdditionalMembers["secret"].GetString());
    }

    [Fact]
    public async Task Every_member_except_the_id_may_be_missing_or_null()
    {
        foreach (
            var responseBody in new[] { """{"id":"x"}""", """{"id":"x","url":null,"events":null,"description":null,"enabled":null}""" }
        )
        {
            var endpoint = await CallAsync(responseBody, node => node.GetEndpoint(CallStyle.Async, "x"));
            Assert.Equal(
                (null, null, null, null, null),
                (endpoint.Url, endpoint.Events, endpoint.Description, endpoint.IsEnabled, endpoint.CreatedAt)
            );
        }

        var delivery = Assert.Single(await CallAsync("""{"items":[{"id":"wd_1"}]}""", node => node.GetDeliveries(CallStyle.Async, "x")));
        Assert.Equal(new WebhookDelivery("wd_1"), delivery);
        Assert.Empty(await CallAsync("""{"items":null}""", node => node.GetDeliveries(CallStyle.Async, "x")));
        await Assert.ThrowsAsync<NodeDataResponseFormatException>(() =>
            CallAsync("""{"url":"https://shop.example"}""", node => node.GetEndpoint(CallStyle.Async, "x"))
        );
    }

    [Theory]
    [InlineData("/relative only", "/relative only")]
    [InlineData("ftp://elsewhere", "ftp://elsewhere")]
    [InlineData("https://shop.example/?k=whsec_live_0123456789abcdef0123456789abcdef", "https://shop.example/?k=whsec_live_…cdef")]
    [InlineData("http://", null)]
    public async Task Any_URL_that_the_service_returns_is_read_without_an_error(string url, string? expected)
    {
        var endpoint = await CallAsync($$"""{"id":"we_1","url":"{{url}}"}""", node => node.GetEndpoint(CallStyle.Sync, "we_1"));

        Assert.Equal(expected, endpoint.Url?.OriginalString);
    }

    [Theory]
    [SyncAndAsync]
    public async Task A_delivery_is_read_with_unknown_values_and_members(CallStyle callStyle)
    {
        var deliveries = await CallAsync(
            """
            {"items":[{"id":"wd_2","event_id":"ev_2","event_type":"robot.moved","status":"paused","attempts":3,"last_status":503,
              "last_error":"got nd_live_abcdefghijklmnopqrst1234","next_attempt_at":"2026-01-02T03:04:05.678Z","created_at":"2026-01-01T00:00:00Z","lane":7},
             {"id":"wd_1","status":"succeeded","succeeded_at":"2026-01-01T00:00:00Z"}]}
            """,
            node => node.GetDeliveries(callStyle, "we_1")
        );

        Assert.Equal(["wd_2", "wd_1"], deliveries.Select(delivery => delivery.Id));
        var first = deliveries[0];
        Assert.Equal(("ev_2", (WebhookEventType?)"robot.moved"), (first.EventId, first.EventType));
        Assert.Equal(new WebhookDeliveryStatus("paused"), first.Status);
        Assert.Equal((3, 503), (first.Attempts, first.LastStatus));
        Assert.Equal("got nd_live_…1234", first.LastError);
        Assert.Equal(678, first.NextAttemptAt!.Value.Millisecond);
        Assert.Equal(7, first.AdditionalMembers["lane"].GetInt32());
        Assert.Equal(WebhookDeliveryStatus.Succeeded, deliveries[1].Status);
        Assert.NotNull(deliveries[1].SucceededAt);
    }

    [Theory]
    [InlineData("""["payout.paid"]""", "robot.moved,listing.sold")]
    [InlineData("""["payout.paid","listing.sold","robot.moved"]""", "")]
    [InlineData("[]", "payout.paid,robot.moved,listing.sold")]
    [InlineData("null", "")]
    public async Task Create_reports_the_dropped_event_types(string accepted, string dropped)
    {
        var created = await CallAsync(
            $$"""{"id":"we_1","events":{{accepted}},"secret":"{{Secret}}"}""",
            node =>
                node.CreateEndpoint(
                    CallStyle.Async,
                    new CreateWebhookEndpointOptions(Url) { Events = [WebhookEventType.PayoutPaid, "robot.moved", "listing.sold"] }
                )
        );

        Assert.Equal(dropped, string.Join(',', created.DroppedEventTypes));
    }

    [Theory]
    [InlineData(Secret)]
    [InlineData(SecretWithoutMode)]
    public async Task A_secret_of_the_mode_of_the_client_or_without_a_mode_is_accepted(string secret)
    {
        var created = await CallAsync(
            $$"""{"id":"we_1","secret":"{{secret}}"}""",
            node => node.CreateEndpoint(CallStyle.Sync, new CreateWebhookEndpointOptions(Url))
        );

        Assert.Equal(("we_1", secret), (created.Id, created.Reveal()));
        Assert.Empty(created.Endpoint.AdditionalMembers);
    }

    [Theory]
    [InlineData($"\"{LiveSecret}\"")]
    [InlineData("\"whsec_test_0123\"")]
    [InlineData("\"nd_test_abcdefghijklmnopqrst1234\"")]
    [InlineData("null")]
    public async Task A_created_endpoint_without_a_valid_secret_is_reported_with_a_remedy(string secret)
    {
        foreach (var callStyle in Enum.GetValues<CallStyle>())
        {
            var error = await Assert.ThrowsAsync<NodeDataResponseFormatException>(() =>
                CallAsync(
                    $$"""{"id":"we_1","secret":{{secret}}}""",
                    node => node.CreateEndpoint(callStyle, new CreateWebhookEndpointOptions(Url))
                )
            );

            Assert.Contains("describes the new endpoint we_1 but contains no test webhook secret", error.Message, StringComparison.Ordinal);
            Assert.Contains("delete that endpoint", error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("0123", error.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain("abcdefgh", error.ToString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("""{"deleted":false}""", "was not deleted")]
    [InlineData("{}", "is not the expected JSON")]
    [InlineData("", "is empty")]
    public async Task An_unconfirmed_deletion_is_an_error(string responseBody, string expected)
    {
        foreach (var callStyle in Enum.GetValues<CallStyle>())
        {
            var error = await Assert.ThrowsAsync<NodeDataResponseFormatException>(async () =>
            {
                await using var server = new ScriptedServer(request => request.RespondAsync(200, responseBody));
                using var node = TestClients.Create(server.BaseAddress);
                await node.DeleteEndpoint(callStyle, "we_1");
            });

            Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Unknown_event_types_are_kept()
    {
        var types = await CallAsync("""{"event_types":["payout.paid","robot.moved"]}""", node => node.GetEventTypes(CallStyle.Async));

        Assert.Equal([WebhookEventType.PayoutPaid, "robot.moved"], types);
        Assert.Equal([true, false], types.Select(type => type.IsKnown));
        await Assert.ThrowsAsync<NodeDataResponseFormatException>(() => CallAsync("{}", node => node.GetEventTypes(CallStyle.Async)));
    }

    private static async Task<T> CallAsync<T>(string responseBody, Func<NodeClient, Task<T>> call)
    {
        await using var server = new ScriptedServer(request => request.RespondAsync(200, responseBody));
        using var node = TestClients.Create(server.BaseAddress);
        return await call(node);
    }
}
