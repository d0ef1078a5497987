using Microsoft.Extensions.Logging;
using NodeData.Sdk.Tests.Doubles;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Tests.Webhooks.Receiving;

/// <summary>Claims that are lost while a handler runs.</summary>
public sealed class LostClaimTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_lost_claim_cancels_the_handler_and_bars_completing()
    {
        var gate = new Gate();
        using var inbox = new Inbox(
            on => on.PayoutPaid((_, token) => gate.EnterAsync(token)),
            options => options.Timeout = TimeSpan.FromMinutes(10),
            log: new ForgetfulLog()
        );

        var first = inbox.DeliverAsync();
        await gate.Begun;
        inbox.Clock.Advance(TimeSpan.FromSeconds(10));
        await gate.Cancelled;
        gate.Open();

        Assert.Equal((WebhookOutcome.Unavailable, 503), ((await first).Outcome, (await first).StatusCode));
        Assert.Equal(0, ((ForgetfulLog)inbox.Log).Completions);
    }

    [Fact]
    public async Task A_handler_that_fails_on_being_cancelled_does_not_break_the_answer()
    {
        var gate = new Gate();
        using var inbox = new Inbox(
            on =>
                on.PayoutPaid(
                    async (_, token) =>
                    {
                        using var reaction = token.Register(() => throw new InvalidOperationException("I will not stop."));
                        await gate.EnterAsync(token);
                    }
                ),
            options => options.Timeout = TimeSpan.FromMinutes(10),
            log: new ForgetfulLog()
        );

        var first = inbox.DeliverAsync();
        await gate.Begun;
        inbox.Clock.Advance(TimeSpan.FromSeconds(10));
        await gate.Cancelled;
        gate.Open();

        Assert.Equal(503, (await first).StatusCode);
        Assert.Contains(inbox.Lines, line => line.Id.Id == 115);
    }

    [Fact]
    public async Task A_process_that_stood_still_past_its_lease_does_not_complete()
    {
        var gate = new Gate();
        using var inbox = new Inbox(
            on => on.PayoutPaid((_, token) => gate.EnterAsync(token)),
            options => options.Timeout = TimeSpan.FromHours(1)
        );

        var first = inbox.DeliverAsync();
        await gate.Begun;
        // One leap over the whole lease, as after a stop: the renewal comes too late.
        inbox.Clock.Advance(TimeSpan.FromSeconds(31));
        Assert.True((await inbox.Log.ClaimAsync(Inbox.ClaimOf(), Token)).IsClaimed);
        gate.Open();

        Assert.Equal(503, (await first).StatusCode);
        Assert.True(await inbox.Log.CompleteAsync(Inbox.ClaimOf(), Token), "The one that took over still holds the claim.");
    }

    [Fact]
    public async Task While_the_log_cannot_be_asked_the_claim_holds_for_its_lease_and_no_longer()
    {
        var gate = new Gate();
        var log = new UnreachableLog();
        using var inbox = new Inbox(
            on => on.PayoutPaid((_, token) => gate.EnterAsync(token)),
            options => options.Timeout = TimeSpan.FromMinutes(10),
            log: log
        );

        var first = inbox.DeliverAsync();
        await gate.Begun;
        inbox.Clock.Advance(TimeSpan.FromSeconds(10));
        await Bounded.UntilAsync(() => log.Renewals == 1, "It was not renewed.");
        inbox.Clock.Advance(TimeSpan.FromSeconds(19));
        Assert.False(gate.Cancelled.IsCompleted, "The lease has a second left.");
        await Bounded.UntilAsync(() => gate.Cancelled.IsCompleted || Passed(inbox), "The lease is over.");

        await gate.Cancelled;
        gate.Open();
        Assert.Equal(503, (await first).StatusCode);
        Assert.Contains(inbox.Lines, line => line.Level == LogLevel.Warning && line.Id.Id == 108);
    }

    [Fact]
    public async Task A_lease_that_ends_between_two_looks_at_the_clock_is_lost()
    {
        var gate = new Gate();
        var clock = new SuspendedClock();
        using var inbox = new Inbox(
            on => on.PayoutPaid((_, token) => gate.EnterAsync(token)),
            options => options.Timeout = TimeSpan.FromMinutes(10),
            clock: clock
        );

        var first = inbox.DeliverAsync();
        await gate.Begun;
        clock.SuspendAfter(looks: 2);
        clock.Advance(TimeSpan.FromSeconds(10));
        await gate.Cancelled;
        gate.Open();

        Assert.Equal(503, (await first).StatusCode);
    }

    private static bool Passed(Inbox inbox)
    {
        inbox.Clock.Advance(TimeSpan.FromSeconds(1));
        return false;
    }

    /// <summary>Grants claims and forgets them at once.</summary>
    private sealed class ForgetfulLog : IWebhookClaimStore
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

    /// <summary>Grants claims, and cannot be reached afterwards.</summary>
    private sealed class UnreachableLog : IWebhookClaimStore
    {
        private int _renewals;

        public int Renewals => Volatile.Read(ref _renewals);

        public ValueTask<WebhookClaimResult> ClaimAsync(WebhookClaim claim, CancellationToken cancellationToken) =>
            new(WebhookClaimResult.Claimed(1));

        public ValueTask<bool> RenewAsync(WebhookClaim claim, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _renewals);
            throw new IOException("unreachable");
        }

        public ValueTask<bool> CompleteAsync(WebhookClaim claim, CancellationToken cancellationToken) =>
            throw new IOException("unreachable");

        public ValueTask<bool> ReleaseAsync(WebhookClaim claim, CancellationToken cancellationToken) =>
            throw new IOException("unreachable");
    }
}
