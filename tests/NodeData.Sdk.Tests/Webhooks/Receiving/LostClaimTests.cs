using Microsoft.Extensions.Logging;
using NodeData.Sdk.Tests.Doubles;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Tests.Webhooks.Receiving;

/// <summary>Tests of claims that are lost while a handler runs.</summary>
public sealed class LostClaimTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_lost_claim_cancels_the_handler_and_is_not_completed()
    {
        var handler = new BlockingHandler();
        using var receiver = new TestReceiver(
            on => on.PayoutPaid((_, token) => handler.HandleAsync(token)),
            options => options.Timeout = TimeSpan.FromMinutes(10),
            store: new ForgetfulClaimStore()
        );

        var first = receiver.DeliverAsync();
        await handler.Started;
        receiver.Clock.Advance(TimeSpan.FromSeconds(10));
        await handler.Canceled;
        handler.Release();

        Assert.Equal((WebhookOutcome.Unavailable, 503), ((await first).Outcome, (await first).StatusCode));
        Assert.Equal(0, ((ForgetfulClaimStore)receiver.Store).Completions);
    }

    [Fact]
    public async Task A_cancellation_callback_that_throws_does_not_affect_the_response()
    {
        var handler = new BlockingHandler();
        using var receiver = new TestReceiver(
            on =>
                on.PayoutPaid(
                    async (_, token) =>
                    {
                        using var registration = token.Register(() =>
                            throw new InvalidOperationException("The cancellation callback throws.")
                        );
                        await handler.HandleAsync(token);
                    }
                ),
            options => options.Timeout = TimeSpan.FromMinutes(10),
            store: new ForgetfulClaimStore()
        );

        var first = receiver.DeliverAsync();
        await handler.Started;
        receiver.Clock.Advance(TimeSpan.FromSeconds(10));
        await handler.Canceled;
        handler.Release();

        Assert.Equal(503, (await first).StatusCode);
        Assert.Contains(receiver.LogRecords, line => line.Id.Id == 115);
    }

    [Fact]
    public async Task A_process_suspended_past_its_lease_does_not_complete()
    {
        var handler = new BlockingHandler();
        using var receiver = new TestReceiver(
            on => on.PayoutPaid((_, token) => handler.HandleAsync(token)),
            options => options.Timeout = TimeSpan.FromHours(1)
        );

        var first = receiver.DeliverAsync();
        await handler.Started;
        // Advances beyond the lease at once, as after a suspension, so that the renewal is too late.
        receiver.Clock.Advance(TimeSpan.FromSeconds(31));
        Assert.True((await receiver.Store.ClaimAsync(TestReceiver.CreateClaim(), Token)).IsClaimed);
        handler.Release();

        Assert.Equal(503, (await first).StatusCode);
        Assert.True(await receiver.Store.CompleteAsync(TestReceiver.CreateClaim(), Token), "The new owner does not hold the claim.");
    }

    [Fact]
    public async Task While_the_store_is_unreachable_the_claim_is_held_until_its_lease_expires()
    {
        var handler = new BlockingHandler();
        var store = new UnreachableClaimStore();
        using var receiver = new TestReceiver(
            on => on.PayoutPaid((_, token) => handler.HandleAsync(token)),
            options => options.Timeout = TimeSpan.FromMinutes(10),
            store: store
        );

        var first = receiver.DeliverAsync();
        await handler.Started;
        receiver.Clock.Advance(TimeSpan.FromSeconds(10));
        await Poll.UntilAsync(() => store.Renewals == 1, "The claim was not renewed.");
        receiver.Clock.Advance(TimeSpan.FromSeconds(19));
        Assert.False(handler.Canceled.IsCompleted, "The handler was canceled a second before the lease expired.");
        await Poll.UntilAsync(
            () => handler.Canceled.IsCompleted || AdvanceOneSecond(receiver),
            "The handler was not canceled when the lease expired."
        );

        await handler.Canceled;
        handler.Release();
        Assert.Equal(503, (await first).StatusCode);
        Assert.Contains(receiver.LogRecords, line => line.Level == LogLevel.Warning && line.Id.Id == 108);
    }

    [Fact]
    public async Task A_lease_that_expires_between_two_readings_of_the_clock_is_lost()
    {
        var handler = new BlockingHandler();
        var clock = new SuspendedClock();
        using var receiver = new TestReceiver(
            on => on.PayoutPaid((_, token) => handler.HandleAsync(token)),
            options => options.Timeout = TimeSpan.FromMinutes(10),
            clock: clock
        );

        var first = receiver.DeliverAsync();
        await handler.Started;
        clock.SuspendAfter(reads: 2);
        clock.Advance(TimeSpan.FromSeconds(10));
        await handler.Canceled;
        handler.Release();

        Assert.Equal(503, (await first).StatusCode);
    }

    private static bool AdvanceOneSecond(TestReceiver receiver)
    {
        receiver.Clock.Advance(TimeSpan.FromSeconds(1));
        return false;
    }

    /// <summary>A claim store that grants claims and loses them immediately.</summary>
    private sealed class ForgetfulClaimStore : IWebhookClaimStore
    {
        public int Completions { get; private set; }

        public ValueTask<WebhookClaimResult> ClaimAsync(WebhookClaim claim, CancellationToken cancellationToken) =>
            new(WebhookClaimResult.Claimed(1));

        public ValueTask<bool> RenewAsync(WebhookClaim claim, CancellationToken cancellationToken) => new(false);

        public ValueTask<bool> CompleteAsync(WebhookClaim claim, CancellationToken cancellationToken)
        {
            Completions++;
            return new(false);
        }

        public ValueTask<bool> ReleaseAsync(WebhookClaim claim, CancellationToken cancellationToken) => new(false);
    }

    /// <summary>A claim store that grants claims and is unreachable for every other call.</summary>
    private sealed class UnreachableClaimStore : IWebhookClaimStore
    {
        private int _renewals;

        public int Renewals => Volatile.Read(ref _renewals);

        public ValueTask<WebhookClaimResult> ClaimAsync(WebhookClaim claim, CancellationToken cancellationToken) =>
            new(WebhookClaimResult.Claimed(1));

        public ValueTask<bool> RenewAsync(WebhookClaim claim, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _renewals);
            throw new IOException("The store is unreachable.");
        }

        public ValueTask<bool> CompleteAsync(WebhookClaim claim, CancellationToken cancellationToken) =>
            throw new IOException("The store is unreachable.");

        public ValueTask<bool> ReleaseAsync(WebhookClaim claim, CancellationToken cancellationToken) =>
            throw new IOException("The store is unreachable.");
    }
}
