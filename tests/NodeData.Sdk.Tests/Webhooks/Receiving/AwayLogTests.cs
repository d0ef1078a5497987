using System.Data;
using System.Data.Common;
using Microsoft.Extensions.Time.Testing;
using NodeData.Sdk.Testing;
using NodeData.Sdk.Tests.Doubles;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Tests.Webhooks.Receiving;

/// <summary>Delivery logs that cannot be asked, or have no room.</summary>
public sealed class AwayLogTests
{
    [Fact]
    public async Task Where_the_log_is_away_nothing_runs_and_the_service_delivers_again()
    {
        var runs = 0;
        var log = Away();
        using var inbox = new Inbox(on => on.PayoutPaid((_, _) => Count(ref runs)), Patient, log);

        var first = await DeliverAsync(inbox);
        log.ReleaseHangingCalls();
        var second = await inbox.DeliverAsync();

        Assert.Equal((WebhookOutcome.Unavailable, 503), (first.Outcome, first.StatusCode));
        Assert.Equal(WebhookOutcome.Handled, second.Outcome);
        Assert.Equal(1, runs);
        Assert.Contains(inbox.Lines, line => line.Id.Id == 105);
    }

    [Fact]
    public async Task Who_opts_in_has_the_handler_run_unclaimed()
    {
        var attempts = new List<int>();
        using var inbox = new Inbox(
            on =>
                on.PayoutPaid(
                    (e, _) =>
                    {
                        attempts.Add(e.Attempt);
                        return Task.CompletedTask;
                    }
                ),
            options =>
            {
                Patient(options);
                options.ProcessWithoutClaim = true;
            },
            log: Away()
        );

        Assert.Equal(WebhookOutcome.Handled, (await DeliverAsync(inbox)).Outcome);
        Assert.Equal([0], attempts);
    }

    [Fact]
    public async Task Unclaimed_a_failing_handler_is_500_and_there_is_nothing_to_complete()
    {
        using var inbox = new Inbox(
            on => on.PayoutPaid(async (e, token) => await e.CompleteAsync(new NoTransaction(), token)),
            options =>
            {
                Patient(options);
                options.ProcessWithoutClaim = true;
            },
            log: Away()
        );

        Assert.Equal(WebhookOutcome.Failed, (await DeliverAsync(inbox)).Outcome);
        Assert.Contains(
            inbox.Lines,
            line =>
                line.Exception is InvalidOperationException { Message: var told } && told.Contains("unclaimed", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_full_log_in_memory_refuses_says_so_and_forgets_nothing_within_its_retention()
    {
        var runs = 0;
        var clock = new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1_790_000_000));
        var log = new InMemoryWebhookClaimStore(new InMemoryWebhookClaimStoreOptions { Capacity = 2, TimeProvider = clock });
        using var inbox = new Inbox(on => on.PayoutPaid((_, _) => Count(ref runs)), log: log, clock: clock);

        await inbox.DeliverAsync(Inbox.PayoutPaid("ev_1"));
        await inbox.DeliverAsync(Inbox.PayoutPaid("ev_2"));
        var refused = await inbox.DeliverAsync(Inbox.PayoutPaid("ev_3"));
        var known = await inbox.DeliverAsync(Inbox.PayoutPaid("ev_1"));
        clock.Advance(TimeSpan.FromDays(7) + TimeSpan.FromSeconds(1));
        var later = await inbox.DeliverAsync(Inbox.PayoutPaid("ev_3"));

        Assert.Equal([503, 200, 200], [refused.StatusCode, known.StatusCode, later.StatusCode]);
        Assert.Equal((WebhookOutcome.Duplicate, 3), (known.Outcome, runs));
        Assert.Contains(inbox.Lines, line => line.Exception?.Message.Contains("Capacity", StringComparison.Ordinal) is true);
    }

    private static FaultyWebhookClaimStore Away()
    {
        var log = FaultyWebhookClaimStore.Wrap(new InMemoryWebhookClaimStore());
        log.SetFault(WebhookClaimStoreCall.Claim, WebhookClaimStoreFault.FailBeforeCall);
        return log;
    }

    // So that the clock can go on while the log is asked, and the time for the delivery is not over.
    private static void Patient(WebhookReceiverOptions options) => options.Timeout = TimeSpan.FromHours(1);

    // The log is asked again after short waits.
    private static async Task<WebhookResult> DeliverAsync(Inbox inbox)
    {
        var delivery = inbox.DeliverAsync();
        while (!delivery.IsCompleted)
        {
            // No faster than real time allows for: the clock must not run out while the receiver is suspended.
            inbox.Clock.Advance(TimeSpan.FromMilliseconds(10));
            await Bounded.PauseAsync();
        }

        return await delivery;
    }

    private static Task Count(ref int runs)
    {
        runs++;
        return Task.CompletedTask;
    }

    private sealed class NoTransaction : DbTransaction
    {
        public override IsolationLevel IsolationLevel => IsolationLevel.Unspecified;

        protected override DbConnection? DbConnection => null;

        public override void Commit() { }

        public override void Rollback() { }
    }
}
