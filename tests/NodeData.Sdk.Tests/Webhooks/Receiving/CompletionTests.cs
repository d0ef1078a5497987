using Microsoft.Extensions.Time.Testing;
using NodeData.Sdk.Testing;
using NodeData.Sdk.Tests.Doubles;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Tests.Webhooks.Receiving;

/// <summary>Tests of claims whose handler has returned while the claim store is unavailable. The receiver has the default options.</summary>
public sealed class CompletionTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    private int _runs;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0.5)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public async Task An_outage_of_up_to_five_seconds_only_delays_the_response(double seconds)
    {
        using var receiver = CreateReceiver(out var store);
        Fail(store, WebhookClaimStoreFault.FailBeforeCall);

        var first = receiver.DeliverAsync();
        await AdvanceAsync(receiver, TimeSpan.FromSeconds(seconds));
        store.ReleaseHangingCalls();

        Assert.Equal(WebhookOutcome.Handled, (await AdvanceUntilAsync(receiver, first)).Outcome);
        Assert.Equal(WebhookOutcome.Duplicate, (await receiver.DeliverAsync()).Outcome);
        Assert.Equal(1, _runs);
    }

    [Fact]
    public async Task A_completion_whose_responses_are_lost_is_recognized()
    {
        using var receiver = CreateReceiver(out var store);
        store.Enqueue(WebhookClaimStoreCall.Complete, WebhookClaimStoreFault.DropResponse, count: 5);

        var first = await AdvanceUntilAsync(receiver, receiver.DeliverAsync());

        Assert.Equal((WebhookOutcome.Handled, 1), (first.Outcome, _runs));
    }

    [Theory]
    [InlineData(WebhookClaimStoreFault.FailBeforeCall)]
    [InlineData(WebhookClaimStoreFault.HangBeforeCall)]
    public async Task After_the_timeout_the_response_is_503_with_Retry_After_and_the_completion_continues(WebhookClaimStoreFault fault)
    {
        using var receiver = CreateReceiver(out var store);
        Fail(store, fault);

        var first = await AdvanceUntilAsync(receiver, receiver.DeliverAsync());
        var meanwhile = await receiver.DeliverAsync();
        store.ReleaseHangingCalls();
        var later = await AdvanceUntilAsync(receiver, () => receiver.DeliverAsync(), result => result.StatusCode != 409);

        Assert.Equal((WebhookOutcome.Unavailable, 503), (first.Outcome, first.StatusCode));
        Assert.InRange(first.RetryAfter!.Value, TimeSpan.FromSeconds(1), Lease);
        Assert.Equal(WebhookOutcome.InProgress, meanwhile.Outcome);
        Assert.Equal((WebhookOutcome.Duplicate, 1), (later.Outcome, _runs));
        Assert.DoesNotContain(receiver.LogRecords, line => line.Id.Id is 104 or 111);
    }

    [Fact]
    public async Task The_claim_is_renewed_while_its_completion_is_retried()
    {
        var handler = new BlockingHandler();
        var store = CreateStore(out var clock);
        using var receiver = new TestReceiver(on => on.PayoutPaid((_, token) => handler.HandleAsync(token)), store: store, clock: clock);
        store.SetFault(WebhookClaimStoreCall.Complete, WebhookClaimStoreFault.FailBeforeCall);

        var first = receiver.DeliverAsync();
        await handler.Started;
        receiver.Clock.Advance(TimeSpan.FromSeconds(9));
        handler.Release();
        await AdvanceAsync(receiver, TimeSpan.FromSeconds(25));
        // The first lease has expired.
        Assert.Equal(WebhookOutcome.InProgress, (await AdvanceUntilAsync(receiver, receiver.DeliverAsync())).Outcome);
        store.ReleaseHangingCalls();
        var later = await AdvanceUntilAsync(receiver, () => receiver.DeliverAsync(), result => result.StatusCode != 409);

        Assert.Equal(503, (await first).StatusCode);
        Assert.Equal((WebhookOutcome.Duplicate, 1), (later.Outcome, handler.CallCount));
    }

    [Fact]
    public async Task Completing_ends_with_the_lease_and_the_event_is_handled_again()
    {
        using var receiver = CreateReceiver(out var store);
        store.SetFault(WebhookClaimStoreCall.Complete, WebhookClaimStoreFault.FailBeforeCall);

        await AdvanceUntilAsync(receiver, receiver.DeliverAsync());
        await AdvanceUntilAsync(
            receiver,
            () => Task.FromResult(receiver.LogRecords),
            lines => lines.Any(line => line.Id.Id == 111 && line.Exception is WebhookClaimStoreException)
        );
        store.ReleaseHangingCalls();
        var later = await AdvanceUntilAsync(receiver, () => receiver.DeliverAsync(), result => result.StatusCode != 409);

        Assert.Equal((WebhookOutcome.Handled, 2), (later.Outcome, _runs));
    }

    [Fact]
    public async Task Disposing_waits_until_a_completion_in_the_background_is_stored()
    {
        using var receiver = CreateReceiver(out var store);
        Fail(store, WebhookClaimStoreFault.FailBeforeCall);
        Assert.Equal(503, (await AdvanceUntilAsync(receiver, receiver.DeliverAsync())).StatusCode);

        var disposing = receiver.Receiver.DisposeAsync().AsTask();
        Assert.False(disposing.IsCompleted, "The receiver does not wait for the completion.");
        store.ReleaseHangingCalls();
        await AdvanceUntilAsync(receiver, disposing);

        Assert.True((await receiver.Store.ClaimAsync(TestReceiver.CreateClaim(), Token)).IsCompleted);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => receiver.DeliverAsync());
        await receiver.Receiver.DisposeAsync();
    }

    [Fact]
    public async Task Disposing_waits_at_most_one_lease_for_a_handler_that_does_not_return()
    {
        var handler = new BlockingHandler();
        using var receiver = new TestReceiver(on => on.PayoutPaid((_, token) => handler.HandleAsync(token)));
        var first = receiver.DeliverAsync();
        await handler.Started;

        var disposing = receiver.Receiver.DisposeAsync().AsTask();
        receiver.Clock.Advance(Lease - TimeSpan.FromSeconds(1));
        Assert.False(disposing.IsCompleted);
        receiver.Clock.Advance(TimeSpan.FromSeconds(1));
        await disposing.WaitAsync(Poll.Timeout, Token);

        Assert.Contains(receiver.LogRecords, line => line.Id.Id == 117);
        handler.Release();
        Assert.Equal(503, (await first).StatusCode);
    }

    [Fact]
    public async Task A_receiver_without_events_in_progress_is_disposed_at_once()
    {
        using var receiver = CreateReceiver(out _);
        await receiver.DeliverAsync();

        await receiver.Receiver.DisposeAsync().AsTask().WaitAsync(Poll.Timeout, Token);
    }

    private static FaultyWebhookClaimStore CreateStore(out FakeTimeProvider clock)
    {
        clock = new(DateTimeOffset.FromUnixTimeSeconds(1_790_000_000));
        return FaultyWebhookClaimStore.Wrap(new InMemoryWebhookClaimStore(new InMemoryWebhookClaimStoreOptions { TimeProvider = clock }));
    }

    private TestReceiver CreateReceiver(out FaultyWebhookClaimStore store)
    {
        store = CreateStore(out var clock);
        return new TestReceiver(
            on =>
                on.PayoutPaid(
                    (_, _) =>
                    {
                        Interlocked.Increment(ref _runs);
                        return Task.CompletedTask;
                    }
                ),
            store: store,
            clock: clock
        );
    }

    /// <summary>The store is unavailable for everything but new claims, so that redeliveries show the state of the claim.</summary>
    private static void Fail(FaultyWebhookClaimStore store, WebhookClaimStoreFault fault)
    {
        store.SetFault(WebhookClaimStoreCall.Complete, fault);
        store.SetFault(WebhookClaimStoreCall.Renew, fault);
    }

    /// <summary>Advances the clock in small steps, and lets the receiver run after each.</summary>
    private static async Task AdvanceAsync(TestReceiver receiver, TimeSpan time)
    {
        var step = TimeSpan.FromMilliseconds(50);
        for (var advanced = TimeSpan.Zero; advanced < time; advanced += step)
        {
            receiver.Clock.Advance(step);
            await Poll.DelayAsync();
        }
    }

    private static async Task<T> AdvanceUntilAsync<T>(TestReceiver receiver, Task<T> task)
    {
        await AdvanceUntilAsync(receiver, (Task)task);
        return await task;
    }

    private static async Task AdvanceUntilAsync(TestReceiver receiver, Task task)
    {
        while (!task.IsCompleted)
        {
            await AdvanceAsync(receiver, TimeSpan.FromMilliseconds(50));
        }

        await task;
    }

    private static async Task<T> AdvanceUntilAsync<T>(TestReceiver receiver, Func<Task<T>> getAsync, Func<T, bool> condition)
    {
        for (var waited = TimeSpan.Zero; ; waited += TimeSpan.FromMilliseconds(50))
        {
            var last = await getAsync();
            if (condition(last))
            {
                return last;
            }

            Assert.True(waited < 3 * Lease, $"After three leases the result is still {last}.");
            await AdvanceAsync(receiver, TimeSpan.FromMilliseconds(50));
        }
    }
}
