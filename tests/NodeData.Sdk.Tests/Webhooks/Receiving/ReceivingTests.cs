using System.Text;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Tests.Webhooks.Receiving;

/// <summary>Tests of which events are handled, how often, and with which result.</summary>
public sealed class ReceivingTests
{
    [Fact]
    public async Task A_handler_receives_the_typed_event_with_its_key_and_attempt()
    {
        var seen = new List<WebhookContext<PayoutPaidEvent>>();
        using var receiver = new TestReceiver(on => on.PayoutPaid((e, _) => Note(seen, e)));

        var result = await receiver.DeliverAsync();

        Assert.Equal((WebhookOutcome.Handled, 200), (result.Outcome, result.StatusCode));
        var context = Assert.Single(seen);
        Assert.Equal("ev_1", context.Event.Id);
        Assert.Equal("orders:ev_1:payout.paid", context.IdempotencyKey);
        Assert.Equal(1, context.Attempt);
    }

    [Fact]
    public async Task A_duplicate_returns_200_without_running_the_handler()
    {
        var seen = new List<WebhookContext<PayoutPaidEvent>>();
        using var receiver = new TestReceiver(on => on.PayoutPaid((e, _) => Note(seen, e)));

        await receiver.DeliverAsync();
        var again = await receiver.DeliverAsync();

        Assert.Equal((WebhookOutcome.Duplicate, 200), (again.Outcome, again.StatusCode));
        Assert.Single(seen);
    }

    [Fact]
    public async Task The_same_event_signed_again_after_76_hours_is_a_duplicate()
    {
        var seen = new List<WebhookContext<PayoutPaidEvent>>();
        using var receiver = new TestReceiver(on => on.PayoutPaid((e, _) => Note(seen, e)));

        await receiver.DeliverAsync();
        receiver.Clock.Advance(TimeSpan.FromHours(76));
        var again = await receiver.DeliverAsync();

        Assert.Equal(WebhookOutcome.Duplicate, again.Outcome);
        Assert.Single(seen);
    }

    [Fact]
    public async Task An_event_is_handled_again_after_the_retention_period()
    {
        var seen = new List<WebhookContext<PayoutPaidEvent>>();
        using var receiver = new TestReceiver(on => on.PayoutPaid((e, _) => Note(seen, e)));

        await receiver.DeliverAsync();
        receiver.Clock.Advance(TimeSpan.FromDays(7) + TimeSpan.FromTicks(1));
        var again = await receiver.DeliverAsync();

        Assert.Equal(WebhookOutcome.Handled, again.Outcome);
        Assert.Equal(2, seen.Count);
    }

    [Fact]
    public async Task An_event_without_an_id_is_identified_by_its_body()
    {
        var seen = new List<WebhookContext<PayoutPaidEvent>>();
        using var receiver = new TestReceiver(on => on.PayoutPaid((e, _) => Note(seen, e)));

        await receiver.DeliverAsync(TestReceiver.CreatePayoutPaid(id: null));
        receiver.Clock.Advance(TimeSpan.FromMinutes(1));
        var same = await receiver.DeliverAsync(TestReceiver.CreatePayoutPaid(id: null));
        var other = await receiver.DeliverAsync(TestReceiver.CreatePayoutPaid(id: null, data: """{"n":2}"""));

        Assert.Equal(WebhookOutcome.Duplicate, same.Outcome);
        Assert.Equal(WebhookOutcome.Handled, other.Outcome);
        Assert.All(seen, context => Assert.Matches("^orders:sha256-[0-9a-f]{64}:payout.paid$", context.IdempotencyKey));
    }

    [Fact]
    public async Task Each_claim_of_a_failing_handler_is_counted()
    {
        var attempts = new List<int>();
        using var receiver = new TestReceiver(on =>
            on.PayoutPaid(
                (e, _) =>
                {
                    attempts.Add(e.Attempt);
                    throw new InvalidOperationException("The handler fails.");
                }
            )
        );

        var first = await receiver.DeliverAsync();
        var second = await receiver.DeliverAsync();

        Assert.Equal((WebhookOutcome.Failed, 500), (first.Outcome, first.StatusCode));
        Assert.Equal(500, second.StatusCode);
        Assert.Equal([1, 2], attempts);
        Assert.Contains(receiver.LogRecords, line => line.Exception?.Message == "The handler fails.");
    }

    [Fact]
    public async Task Only_the_handler_that_failed_runs_again()
    {
        var order = new List<string>();
        var isBroken = true;
        using var receiver = new TestReceiver(on =>
            on.PayoutPaid(
                    (_, _) =>
                    {
                        order.Add("ledger");
                        return isBroken ? throw new InvalidOperationException() : Task.CompletedTask;
                    },
                    name: "ledger"
                )
                .Any((_, _) => Note(order, "audit"))
        );

        var first = await receiver.DeliverAsync();
        isBroken = false;
        var second = await receiver.DeliverAsync();
        var third = await receiver.DeliverAsync();

        Assert.Equal(
            [WebhookOutcome.Failed, WebhookOutcome.Handled, WebhookOutcome.Duplicate],
            [first.Outcome, second.Outcome, third.Outcome]
        );
        Assert.Equal(["ledger", "audit", "ledger"], order);
    }

    [Fact]
    public async Task An_event_in_progress_returns_409_with_the_remaining_lease()
    {
        var handler = new BlockingHandler();
        using var receiver = new TestReceiver(on => on.PayoutPaid((_, token) => handler.HandleAsync(token)));

        var first = receiver.DeliverAsync();
        await handler.Started;
        receiver.Clock.Advance(TimeSpan.FromSeconds(3));
        var second = await receiver.DeliverAsync();
        handler.Release();

        Assert.Equal((WebhookOutcome.InProgress, 409), (second.Outcome, second.StatusCode));
        Assert.Equal(TimeSpan.FromSeconds(27), second.RetryAfter);
        Assert.Equal(200, (await first).StatusCode);
        Assert.Equal(1, handler.CallCount);
    }

    [Fact]
    public async Task An_event_without_a_handler_is_acknowledged_and_not_stored()
    {
        using var receiver = new TestReceiver(on => on.ListingPublished((_, _) => Task.CompletedTask));

        var result = await receiver.DeliverAsync();

        Assert.Equal((WebhookOutcome.NoHandler, 200), (result.Outcome, result.StatusCode));
        Assert.Equal(0, ((InMemoryWebhookClaimStore)receiver.Store).Count);
    }

    [Fact]
    public async Task An_unknown_event_type_reaches_its_handler_and_the_handler_for_any_event()
    {
        var seen = new List<string>();
        using var receiver = new TestReceiver(on =>
            on.On("robot.moved", (e, _) => Note(seen, $"moved {e.Event.DataJson}")).Any((e, _) => Note(seen, $"any {e.Event.Type}"))
        );

        var result = await receiver.DeliverAsync("""{"id":"ev_9","type":"robot.moved","data":{"x":1}}""");

        Assert.Equal(WebhookOutcome.Handled, result.Outcome);
        Assert.Equal(["""moved {"x":1}""", "any robot.moved"], seen);
    }

    [Fact]
    public async Task A_signed_body_that_is_not_a_JSON_object_returns_422_and_runs_no_handler()
    {
        using var receiver = new TestReceiver(on => on.Any((_, _) => throw new InvalidOperationException()));

        var result = await receiver.DeliverAsync("[1]");

        Assert.Equal((WebhookOutcome.MalformedPayload, 422), (result.Outcome, result.StatusCode));
        Assert.Equal(WebhookErrorCode.MalformedPayload, result.ErrorCode);
    }

    [Theory]
    [InlineData(null, "malformed_signature")]
    [InlineData("t=1790000000,v1=0", "malformed_signature")]
    [InlineData("t=1789990000,v1=0000000000000000000000000000000000000000000000000000000000000000", "stale_signature")]
    [InlineData("t=1790000000,v1=0000000000000000000000000000000000000000000000000000000000000000", "invalid_signature")]
    public async Task Forged_stale_and_malformed_signatures_return_401_and_run_no_handler(string? signature, string code)
    {
        using var receiver = new TestReceiver(on => on.Any((_, _) => throw new InvalidOperationException()));

        var result = await receiver.DeliverAsync(Encoding.UTF8.GetBytes(TestReceiver.CreatePayoutPaid()), signature);

        Assert.Equal(new WebhookResult(WebhookOutcome.Rejected) { ErrorCode = new WebhookErrorCode(code) }, result);
        Assert.Equal(401, result.StatusCode);
    }

    [Fact]
    public async Task Two_receivers_that_share_a_store_each_handle_the_event()
    {
        var seen = new List<string>();
        using var first = new TestReceiver(on => on.PayoutPaid((_, _) => Note(seen, "first")));
        using var second = new TestReceiver(on => on.PayoutPaid((_, _) => Note(seen, "second")), store: first.Store, receiverName: "other");

        await first.DeliverAsync();
        await second.DeliverAsync();

        Assert.Equal(["first", "second"], seen);
    }

    [Fact]
    public async Task A_hundred_concurrent_deliveries_of_one_event_run_its_handler_once()
    {
        var handler = new BlockingHandler();
        using var receiver = new TestReceiver(on => on.PayoutPaid((_, token) => handler.HandleAsync(token)));

        var deliveries = Enumerable.Range(0, 100).Select(_ => Task.Run(() => receiver.DeliverAsync())).ToList();
        await handler.Started;
        var rejected = new List<WebhookResult>();
        while (rejected.Count < 99)
        {
            var done = await Task.WhenAny(deliveries);
            deliveries.Remove(done);
            rejected.Add(await done);
        }

        handler.Release();

        Assert.All(rejected, result => Assert.Equal(409, result.StatusCode));
        Assert.Equal(200, (await deliveries.Single()).StatusCode);
        Assert.Equal(1, handler.CallCount);
    }

    private static Task Note<T>(List<T> seen, T value)
    {
        seen.Add(value);
        return Task.CompletedTask;
    }
}
