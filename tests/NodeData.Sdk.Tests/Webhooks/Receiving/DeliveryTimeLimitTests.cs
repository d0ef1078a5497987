using System.Diagnostics;
using Microsoft.Extensions.Time.Testing;
using NodeData.Sdk.Tests.Doubles;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Tests.Webhooks.Receiving;

/// <summary>Handlers that take too long, and claims while they do.</summary>
public sealed class DeliveryTimeLimitTests
{
    [Fact]
    public async Task A_handler_that_takes_too_long_is_cancelled_answered_503_and_keeps_its_claim_until_it_returns()
    {
        var gate = new Gate();
        using var inbox = new Inbox(on => on.PayoutPaid((_, token) => gate.EnterAsync(token)));

        var first = inbox.DeliverAsync();
        await gate.Begun;
        inbox.Clock.Advance(TimeSpan.FromSeconds(8));

        Assert.Equal((WebhookOutcome.TimedOut, 503), ((await first).Outcome, (await first).StatusCode));
        await gate.Cancelled;
        Assert.Equal(409, (await inbox.DeliverAsync()).StatusCode);

        gate.Break(new OperationCanceledException());
        await Bounded.UntilAsync(() => inbox.Lines.Any(line => line.Id.Id == 103), "The handler's end was not noticed.");
        await UntilAsync(inbox, receipt => receipt.StatusCode != 409);
        Assert.Equal(2, gate.Entries);
    }

    [Fact]
    public async Task A_handler_that_finishes_after_the_answer_is_noted_as_done()
    {
        var gate = new Gate();
        using var inbox = new Inbox(on => on.PayoutPaid((_, token) => gate.EnterAsync(token)));

        var first = inbox.DeliverAsync();
        await gate.Begun;
        inbox.Clock.Advance(TimeSpan.FromSeconds(8));
        Assert.Equal(503, (await first).StatusCode);
        gate.Open();

        var later = await UntilAsync(inbox, receipt => receipt.StatusCode != 409);
        Assert.Equal(WebhookOutcome.Duplicate, later.Outcome);
        Assert.Equal(1, gate.Entries);
    }

    [Fact]
    public async Task A_handler_that_blocks_its_thread_does_not_hold_up_the_answer()
    {
        using var blocked = new ManualResetEventSlim();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var inbox = new Inbox(on =>
            on.PayoutPaid(
                (_, _) =>
                {
                    begun.SetResult();
                    blocked.Wait(Bounded.Limit, CancellationToken.None);
                    return Task.CompletedTask;
                }
            )
        );

        var first = inbox.DeliverAsync();
        await begun.Task;
        inbox.Clock.Advance(TimeSpan.FromSeconds(8));

        Assert.Equal(503, (await first).StatusCode);
        blocked.Set();
    }

    [Fact]
    public async Task A_handler_that_fails_on_being_cancelled_takes_nothing_down()
    {
        var gate = new Gate();
        using var inbox = new Inbox(on =>
            on.PayoutPaid(
                async (_, token) =>
                {
                    using var reaction = token.Register(() => throw new InvalidOperationException("I will not stop."));
                    await gate.EnterAsync(token);
                }
            )
        );

        var first = inbox.DeliverAsync();
        await gate.Begun;
        inbox.Clock.Advance(TimeSpan.FromSeconds(8));

        Assert.Equal(503, (await first).StatusCode);
        gate.Open();
        Assert.Equal(WebhookOutcome.Duplicate, (await UntilAsync(inbox, receipt => receipt.StatusCode != 409)).Outcome);
        Assert.Contains(inbox.Lines, line => line.Id.Id == 115);
    }

    [Fact]
    public async Task The_lease_is_renewed_for_as_long_as_the_handler_runs()
    {
        var gate = new Gate();
        var clock = new Renewals();
        using var inbox = new Inbox(
            on => on.PayoutPaid((_, token) => gate.EnterAsync(token)),
            options => options.Timeout = TimeSpan.FromMinutes(10),
            clock: clock
        );

        var first = inbox.DeliverAsync();
        await gate.Begun;
        // Five leases; in each step the renewal is made, and the next one waited for.
        for (var step = 1; step <= 15; step++)
        {
            clock.Advance(Renewals.Pause);
            await Bounded.UntilAsync(() => clock.Planned == step + 1, "It was not renewed.");
            Assert.Equal(TimeSpan.FromSeconds(30), (await inbox.DeliverAsync()).RetryAfter);
        }

        gate.Open();
        Assert.Equal(200, (await first).StatusCode);
        Assert.Equal(1, gate.Entries);
    }

    [Fact]
    public async Task After_the_time_is_over_no_further_handler_begins()
    {
        var gate = new Gate();
        var runs = 0;
        using var inbox = new Inbox(on =>
            on.PayoutPaid((_, token) => gate.EnterAsync(token))
                .Any(
                    (_, _) =>
                    {
                        runs++;
                        return Task.CompletedTask;
                    }
                )
        );

        var first = inbox.DeliverAsync();
        await gate.Begun;
        inbox.Clock.Advance(TimeSpan.FromSeconds(8));
        await first;
        gate.Open();
        Assert.Equal(0, runs);

        await UntilAsync(inbox, receipt => receipt.StatusCode == 200);
        Assert.Equal(1, runs);
    }

    [Fact]
    public async Task A_caller_that_gives_up_cancels_the_handler_and_is_told_so()
    {
        var gate = new Gate();
        using var inbox = new Inbox(on => on.PayoutPaid((_, token) => gate.EnterAsync(token)));
        using var caller = new CancellationTokenSource();

        var first = inbox.DeliverUnderAsync(caller.Token);
        await gate.Begun;
        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        await gate.Cancelled;
        gate.Open();
    }

    /// <summary>Delivers again and again, as a sender does, without letting time pass.</summary>
    private static async Task<WebhookResult> UntilAsync(Inbox inbox, Func<WebhookResult, bool> condition)
    {
        for (var since = Stopwatch.StartNew(); ; await Bounded.PauseAsync())
        {
            var last = await inbox.DeliverAsync();
            if (condition(last))
            {
                return last;
            }

            Assert.True(since.Elapsed < Bounded.Limit, $"It stayed at {last.StatusCode} {last.RetryAfter}.");
        }
    }

    /// <summary>Counts the waits for a renewal.</summary>
    private sealed class Renewals() : FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1_790_000_000))
    {
        public static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

        private int _planned;

        public int Planned => Volatile.Read(ref _planned);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            if (dueTime == Pause)
            {
                Interlocked.Increment(ref _planned);
            }

            return timer;
        }
    }
}
