using System.Text;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Tests.Webhooks.Receiving;

/// <summary>What is handled, how often, and what is answered.</summary>
public sealed class ReceivingTests
{
    [Fact]
    public async Task An_event_reaches_its_handler_typed_with_its_key_and_attempt()
    {
        var seen = new List<WebhookContext<PayoutPaidEvent>>();
        using var inbox = new Inbox(on => on.PayoutPaid((e, _) => Note(seen, e)));

        var receipt = await inbox.DeliverAsync();

        Assert.Equal((WebhookOutcome.Handled, 200), (receipt.Outcome, receipt.StatusCode));
        var context = Assert.Single(seen);
        Assert.Equal("ev_1", context.Event.Id);
        Assert.Equal("orders:ev_1:payout.paid", context.IdempotencyKey);
        Assert.Equal(1, context.Attempt);
    }

    [Fact]
    public async Task A_duplicate_is_answered_200_and_does_not_run_the_handler_again()
    {
        var seen = new List<WebhookContext<PayoutPaidEvent>>();
        using var inbox = new Inbox(on => on.PayoutPaid((e, _) => Note(seen, e)));

        await inbox.DeliverAsync();
        var again = await inbox.DeliverAsync();

        Assert.Equal((WebhookOutcome.Duplicate, 200), (again.Outcome, again.StatusCode));
        Assert.Single(seen);
    }

    [Fact]
    public async Task The_same_event_signed_afresh_76_hours_later_does_not_run_again()
    {
        var seen = new List<WebhookContext<PayoutPaidEvent>>();
        using var inbox = new Inbox(on => on.PayoutPaid((e, _) => Note(seen, e)));

        await inbox.DeliverAsync();
        inbox.Clock.Advance(TimeSpan.FromHours(76));
        var again = await inbox.DeliverAsync();

        Assert.Equal(WebhookOutcome.Duplicate, again.Outcome);
        Assert.Single(seen);
    }

    [Fact]
    public async Task Past_the_retention_it_runs_again()
    {
        var seen = new List<WebhookContext<PayoutPaidEvent>>();
        using var inbox = new Inbox(on => on.PayoutPaid((e, _) => Note(seen, e)));

        await inbox.DeliverAsync();
        inbox.Clock.Advance(TimeSpan.FromDays(7) + TimeSpan.FromTicks(1));
        var again = await inbox.DeliverAsync();

        Assert.Equal(WebhookOutcome.Handled, again.Outcome);
        Assert.Equal(2, seen.Count);
    }

    [Fact]
    public async Task Without_an_id_the_body_is_the_identity()
    {
        var seen = new List<WebhookContext<PayoutPaidEvent>>();
        using var inbox = new Inbox(on => on.PayoutPaid((e, _) => Note(seen, e)));

        await inbox.DeliverAsync(Inbox.PayoutPaid(id: null));
        inbox.Clock.Advance(TimeSpan.FromMinutes(1));
        var same = await inbox.DeliverAsync(Inbox.PayoutPaid(id: null));
        var other = await inbox.DeliverAsync(Inbox.PayoutPaid(id: null, data: """{"n":2}"""));

        Assert.Equal(WebhookOutcome.Duplicate, same.Outcome);
        Assert.Equal(WebhookOutcome.Handled, other.Outcome);
        Assert.All(seen, context => Assert.Matches("^orders:sha256-[0-9a-f]{64}:payout.paid$", context.IdempotencyKey));
    }

    [Fact]
    public async Task Each_delivery_of_a_failing_handler_is_another_attempt()
    {
        var attempts = new List<int>();
        using var inbox = new Inbox(on =>
            on.PayoutPaid(
                (e, _) =>
                {
                    attempts.Add(e.Attempt);
                    throw new InvalidOperationException("not yet");
                }
            )
        );

        var first = await inbox.DeliverAsync();
        var second = await inbox.DeliverAsync();

        Assert.Equal((WebhookOutcome.Failed, 500), (first.Outcome, first.StatusCode));
        Assert.Equal(500, second.StatusCode);
        Assert.Equal([1, 2], attempts);
        Assert.Contains(inbox.Lines, line => line.Exception?.Message == "not yet");
    }

    [Fact]
    public async Task With_one_of_two_handlers_failing_only_that_one_runs_again()
    {
        var order = new List<string>();
        var isBroken = true;
        using var inbox = new Inbox(on =>
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

        var first = await inbox.DeliverAsync();
        isBroken = false;
        var second = await inbox.DeliverAsync();
        var third = await inbox.DeliverAsync();

        Assert.Equal(
            [WebhookOutcome.Failed, WebhookOutcome.Handled, WebhookOutcome.Duplicate],
            [first.Outcome, second.Outcome, third.Outcome]
        );
        Assert.Equal(["ledger", "audit", "ledger"], order);
    }

    [Fact]
    public async Task A_delivery_in_progress_is_answered_409_with_the_rest_of_the_lease()
    {
        var gate = new Gate();
        using var inbox = new Inbox(on => on.PayoutPaid((_, token) => gate.EnterAsync(token)));

        var first = inbox.DeliverAsync();
        await gate.Begun;
        inbox.Clock.Advance(TimeSpan.FromSeconds(3));
        var second = await inbox.DeliverAsync();
        gate.Open();

        Assert.Equal((WebhookOutcome.InProgress, 409), (second.Outcome, second.StatusCode));
        Assert.Equal(TimeSpan.FromSeconds(27), second.RetryAfter);
        Assert.Equal(200, (await first).StatusCode);
        Assert.Equal(1, gate.Entries);
    }

    [Fact]
    public async Task An_event_without_a_handler_is_acknowledged_and_leaves_nothing_in_the_log()
    {
        using var inbox = new Inbox(on => on.ListingPublished((_, _) => Task.CompletedTask));

        var receipt = await inbox.DeliverAsync();

        Assert.Equal((WebhookOutcome.NoHandler, 200), (receipt.Outcome, receipt.StatusCode));
        Assert.Equal(0, ((InMemoryWebhookClaimStore)inbox.Log).Count);
    }

    [Fact]
    public async Task An_event_newer_than_this_version_reaches_its_handler_and_the_one_for_any()
    {
        var seen = new List<string>();
        using var inbox = new Inbox(on =>
            on.On("robot.moved", (e, _) => Note(seen, $"moved {e.Event.DataJson}")).Any((e, _) => Note(seen, $"any {e.Event.Type}"))
        );

        var receipt = await inbox.DeliverAsync("""{"id":"ev_9","type":"robot.moved","data":{"x":1}}""");

        Assert.Equal(WebhookOutcome.Handled, receipt.Outcome);
        Assert.Equal(["""moved {"x":1}""", "any robot.moved"], seen);
    }

    [Fact]
    public async Task Signed_but_no_object_is_422_and_runs_nothing()
    {
        using var inbox = new Inbox(on => on.Any((_, _) => throw new InvalidOperationException()));

        var receipt = await inbox.DeliverAsync("[1]");

        Assert.Equal((WebhookOutcome.Unreadable, 422), (receipt.Outcome, receipt.StatusCode));
        Assert.Equal(WebhookErrorCode.MalformedPayload, receipt.ErrorCode);
    }

    [Theory]
    [InlineData(null, "malformed_signature")]
    [InlineData("t=1790000000,v1=0", "malformed_signature")]
    [InlineData("t=1789990000,v1=0000000000000000000000000000000000000000000000000000000000000000", "stale_signature")]
    [InlineData("t=1790000000,v1=0000000000000000000000000000000000000000000000000000000000000000", "invalid_signature")]
    public async Task Forged_stale_and_malformed_are_the_same_401_and_run_nothing(string? signature, string code)
    {
        using var inbox = new Inbox(on => on.Any((_, _) => throw new InvalidOperationException()));

        var receipt = await inbox.DeliverAsync(Encoding.UTF8.GetBytes(Inbox.PayoutPaid()), signature);

        Assert.Equal(new WebhookResult(WebhookOutcome.Rejected) { ErrorCode = new WebhookErrorCode(code) }, receipt);
        Assert.Equal(401, receipt.StatusCode);
    }

    [Fact]
    public async Task Two_receivers_that_share_a_log_handle_an_event_each()
    {
        var seen = new List<string>();
        using var first = new Inbox(on => on.PayoutPaid((_, _) => Note(seen, "first")));
        using var second = new Inbox(on => on.PayoutPaid((_, _) => Note(seen, "second")), log: first.Log, receiver: "other");

        await first.DeliverAsync();
        await second.DeliverAsync();

        Assert.Equal(["first", "second"], seen);
    }

    [Fact]
    public async Task A_hundred_deliveries_of_one_event_at_once_run_its_handler_once()
    {
        var gate = new Gate();
        using var inbox = new Inbox(on => on.PayoutPaid((_, token) => gate.EnterAsync(token)));

        var deliveries = Enumerable.Range(0, 100).Select(_ => Task.Run(() => inbox.DeliverAsync())).ToList();
        await gate.Begun;
        var refused = new List<WebhookResult>();
        while (refused.Count < 99)
        {
            var done = await Task.WhenAny(deliveries);
            deliveries.Remove(done);
            refused.Add(await done);
        }

        gate.Open();

        Assert.All(refused, receipt => Assert.Equal(409, receipt.StatusCode));
        Assert.Equal(200, (await deliveries.Single()).StatusCode);
        Assert.Equal(1, gate.Entries);
    }

    private static Task Note<T>(List<T> seen, T value)
    {
        seen.Add(value);
        return Task.CompletedTask;
    }
}
