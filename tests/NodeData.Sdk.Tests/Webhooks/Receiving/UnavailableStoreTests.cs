using System.Data;
using System.Data.Common;
using Microsoft.Extensions.Time.Testing;
using NodeData.Sdk.Testing;
using NodeData.Sdk.Tests.Doubles;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Tests.Webhooks.Receiving;

/// <summary>Tests of a receiver whose claim store is unavailable or full.</summary>
public sealed class UnavailableStoreTests
{
    [Fact]
    public async Task An_unavailable_store_returns_503_and_the_next_attempt_is_handled()
    {
        var runs = 0;
        var store = CreateUnavailableStore();
        using var receiver = new TestReceiver(on => on.PayoutPaid((_, _) => Count(ref runs)), UseLongTimeout, store);

        var first = await DeliverAsync(receiver);
        store.ReleaseHangingCalls();
        var second = await receiver.DeliverAsync();

        Assert.Equal((WebhookOutcome.Unavailable, 503), (first.Outcome, first.StatusCode));
        Assert.Equal(WebhookOutcome.Handled, second.Outcome);
        Assert.Equal(1, runs);
        Assert.Contains(receiver.LogRecords, line => line.Id.Id == 105);
    }

    [Fact]
    public async Task ProcessWithoutClaim_runs_the_handler_without_a_claim()
    {
        var attempts = new List<int>();
        using var receiver = new TestReceiver(
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
                UseLongTimeout(options);
                options.ProcessWithoutClaim = true;
            },
            store: CreateUnavailableStore()
        );

        Assert.Equal(WebhookOutcome.Handled, (await DeliverAsync(receiver)).Outcome);
        Assert.Equal([0], attempts);
    }

    [Fact]
    public async Task A_failing_handler_without_a_claim_returns_500_and_cannot_complete()
    {
        using var receiver = new TestReceiver(
            on => on.PayoutPaid(async (e, token) => await e.CompleteAsync(new NoTransaction(), token)),
            options =>
            {
                UseLongTimeout(options);
                options.ProcessWithoutClaim = true;
            },
            store: CreateUnavailableStore()
        );

        Assert.Equal(WebhookOutcome.Failed, (await DeliverAsync(receiver)).Outcome);
        Assert.Contains(
            receiver.LogRecords,
            line =>
                line.Exception is InvalidOperationException { Message: var message }
                && message.Contains("without a claim", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_full_in_memory_store_rejects_new_keys_and_keeps_keys_within_their_retention()
    {
        var runs = 0;
        var clock = new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1_790_000_000));
        var store = new InMemoryWebhookClaimStore(new InMemoryWebhookClaimStoreOptions { Capacity = 2, TimeProvider = clock });
        using var receiver = new TestReceiver(on => on.PayoutPaid((_, _) => Count(ref runs)), store: store, clock: clock);

        await receiver.DeliverAsync(TestReceiver.CreatePayoutPaid("ev_1"));
        await receiver.DeliverAsync(TestReceiver.CreatePayoutPaid("ev_2"));
        var rejected = await receiver.DeliverAsync(TestReceiver.CreatePayoutPaid("ev_3"));
        var duplicate = await receiver.DeliverAsync(TestReceiver.CreatePayoutPaid("ev_1"));
        clock.Advance(TimeSpan.FromDays(7) + TimeSpan.FromSeconds(1));
        var later = await receiver.DeliverAsync(TestReceiver.CreatePayoutPaid("ev_3"));

        Assert.Equal([503, 200, 200], [rejected.StatusCode, duplicate.StatusCode, later.StatusCode]);
        Assert.Equal((WebhookOutcome.Duplicate, 3), (duplicate.Outcome, runs));
        Assert.Contains(receiver.LogRecords, line => line.Exception?.Message.Contains("Capacity", StringComparison.Ordinal) is true);
    }

    private static FaultyWebhookClaimStore CreateUnavailableStore()
    {
        var store = FaultyWebhookClaimStore.Wrap(new InMemoryWebhookClaimStore());
        store.SetFault(WebhookClaimStoreCall.Claim, WebhookClaimStoreFault.FailBeforeCall);
        return store;
    }

    // The tests advance the clock while the store is retried; the handler must not time out.
    private static void UseLongTimeout(WebhookReceiverOptions options) => options.Timeout = TimeSpan.FromHours(1);

    // The receiver retries the store after short delays.
    private static async Task<WebhookResult> DeliverAsync(TestReceiver receiver)
    {
        var delivery = receiver.DeliverAsync();
        while (!delivery.IsCompleted)
        {
            // In small steps, so that the timeout does not elapse while the receiver waits for a thread.
            receiver.Clock.Advance(TimeSpan.FromMilliseconds(10));
            await Poll.DelayAsync();
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
