using NodeData.Sdk.Tests.Doubles;
using NodeData.Sdk.Webhooks;
using static NodeData.Sdk.Tests.Webhooks.Signing.Delivery;

namespace NodeData.Sdk.Tests.Webhooks;

/// <summary>What is made of the service's answers about webhooks, those of a newer service and broken ones included.</summary>
public sealed class WebhookAnswersTests
{
    private const string Url = "https://shop.example/hook";

    [Theory]
    [ThroughBothDoors]
    public async Task An_endpoint_is_read_with_what_this_client_does_not_know(Door door)
    {
        var endpoint = await Ask(
            """
            {"id":"we_1","url":"https://shop.example/hook","events":["payout.paid","robot.moved"],"description":"d","enabled":false,
             "created_at":"2026-01-02T03:04:05Z","owner":{"id":"usr_1"},"secret":"whsec_test_0123456789abcdef0123456789abcdef"}
            """,
            node => node.GetEndpoint(door, "we_1")
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
    public async Task Any_member_but_the_id_may_be_missing_or_null()
    {
        foreach (var answer in new[] { """{"id":"x"}""", """{"id":"x","url":null,"events":null,"description":null,"enabled":null}""" })
        {
            var endpoint = await Ask(answer, node => node.GetEndpoint(Door.Async, "x"));
            Assert.Equal(
                (null, null, null, null, null),
                (endpoint.Url, endpoint.Events, endpoint.Description, endpoint.IsEnabled, endpoint.CreatedAt)
            );
        }

        var delivery = Assert.Single(await Ask("""{"items":[{"id":"wd_1"}]}""", node => node.GetDeliveries(Door.Async, "x")));
        Assert.Equal(new WebhookDelivery("wd_1"), delivery);
        Assert.Empty(await Ask("""{"items":null}""", node => node.GetDeliveries(Door.Async, "x")));
        await Assert.ThrowsAsync<NodeDataResponseFormatException>(() =>
            Ask("""{"url":"https://shop.example"}""", node => node.GetEndpoint(Door.Async, "x"))
        );
    }

    [Theory]
    [InlineData("/relative only", "/relative only")]
    [InlineData("ftp://elsewhere", "ftp://elsewhere")]
    [InlineData("https://shop.example/?k=whsec_live_0123456789abcdef0123456789abcdef", "https://shop.example/?k=whsec_live_…cdef")]
    [InlineData("http://", null)]
    public async Task A_url_of_the_services_is_read_whatever_it_is(string url, string? read)
    {
        var endpoint = await Ask($$"""{"id":"we_1","url":"{{url}}"}""", node => node.GetEndpoint(Door.Sync, "we_1"));

        Assert.Equal(read, endpoint.Url?.OriginalString);
    }

    [Theory]
    [ThroughBothDoors]
    public async Task A_delivery_is_read_with_what_this_client_does_not_know(Door door)
    {
        var deliveries = await Ask(
            """
            {"items":[{"id":"wd_2","event_id":"ev_2","event_type":"robot.moved","status":"paused","attempts":3,"last_status":503,
              "last_error":"got nd_live_abcdefghijklmnopqrst1234","next_attempt_at":"2026-01-02T03:04:05.678Z","created_at":"2026-01-01T00:00:00Z","lane":7},
             {"id":"wd_1","status":"succeeded","succeeded_at":"2026-01-01T00:00:00Z"}]}
            """,
            node => node.GetDeliveries(door, "we_1")
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
    public async Task Creating_tells_which_event_types_were_dropped(string taken, string dropped)
    {
        var created = await Ask(
            $$"""{"id":"we_1","events":{{taken}},"secret":"{{Secret}}"}""",
            node =>
                node.CreateEndpoint(
                    Door.Async,
                    new CreateWebhookEndpointOptions(Url) { Events = [WebhookEventType.PayoutPaid, "robot.moved", "listing.sold"] }
                )
        );

        Assert.Equal(dropped, string.Join(',', created.DroppedEventTypes));
    }

    [Theory]
    [InlineData(Secret)]
    [InlineData(SecretWithoutMode)]
    public async Task A_secret_of_the_clients_mode_or_of_none_is_taken(string secret)
    {
        var created = await Ask(
            $$"""{"id":"we_1","secret":"{{secret}}"}""",
            node => node.CreateEndpoint(Door.Sync, new CreateWebhookEndpointOptions(Url))
        );

        Assert.Equal(("we_1", secret), (created.Id, created.Reveal()));
        Assert.Empty(created.Endpoint.AdditionalMembers);
    }

    [Theory]
    [InlineData($"\"{LiveSecret}\"")]
    [InlineData("\"whsec_test_0123\"")]
    [InlineData("\"nd_test_abcdefghijklmnopqrst1234\"")]
    [InlineData("null")]
    public async Task An_endpoint_without_a_secret_that_can_be_used_is_told_with_the_cure(string secret)
    {
        foreach (var door in Enum.GetValues<Door>())
        {
            var error = await Assert.ThrowsAsync<NodeDataResponseFormatException>(() =>
                Ask($$"""{"id":"we_1","secret":{{secret}}}""", node => node.CreateEndpoint(door, new CreateWebhookEndpointOptions(Url)))
            );

            Assert.Contains("made the endpoint we_1, but holds no test webhook secret", error.Message, StringComparison.Ordinal);
            Assert.Contains("delete that endpoint", error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("0123", error.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain("abcdefgh", error.ToString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("""{"deleted":false}""", "was not deleted")]
    [InlineData("{}", "is not the expected JSON")]
    [InlineData("", "is empty")]
    public async Task A_deletion_that_is_not_confirmed_is_an_error(string answer, string said)
    {
        foreach (var door in Enum.GetValues<Door>())
        {
            var error = await Assert.ThrowsAsync<NodeDataResponseFormatException>(async () =>
            {
                await using var server = new ScriptedServer(request => request.AnswerAsync(200, answer));
                using var node = Clients.Of(server.BaseAddress);
                await node.DeleteEndpoint(door, "we_1");
            });

            Assert.Contains(said, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Event_types_keep_the_words_that_are_new()
    {
        var types = await Ask("""{"event_types":["payout.paid","robot.moved"]}""", node => node.GetEventTypes(Door.Async));

        Assert.Equal([WebhookEventType.PayoutPaid, "robot.moved"], types);
        Assert.Equal([true, false], types.Select(type => type.IsKnown));
        await Assert.ThrowsAsync<NodeDataResponseFormatException>(() => Ask("{}", node => node.GetEventTypes(Door.Async)));
    }

    private static async Task<T> Ask<T>(string answer, Func<NodeClient, Task<T>> call)
    {
        await using var server = new ScriptedServer(request => request.AnswerAsync(200, answer));
        using var node = Clients.Of(server.BaseAddress);
        return await call(node);
    }
}
