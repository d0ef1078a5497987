using System.Diagnostics;
using Microsoft.Extensions.Time.Testing;
using NodeData.Sdk.Tests.Doubles;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Tests.Webhooks.Receiving;

/// <summary>Tests of handlers that time out, and of their claims.</summary>
public sealed class HandlerTimeoutTests
{
    [Fact]
    public async Task A_handler_that_times_out_is_canceled_returns_503_and_keeps_its_claim_until_it_returns()
    {
        var handler = new BlockingHandler();
        using var receiver = new TestReceiver(on => on.PayoutPaid((_, token) => handler.HandleAsync(token)));

        var first = receiver.DeliverAsync();
        await handler.Started;
        receiver.Clock.Advance(TimeSpan.FromSeconds(8));

        Assert.Equal((WebhookOutcome.TimedOut, 503), ((await first).Outcome, (await first).StatusCode));
        await handler.Canceled;
        Assert.Equal(409, (await receiver.DeliverAsync()).StatusCode);

        handler.Fail(new OperationCanceledException());
        await Poll.UntilAsync(() => receiver.LogRecords.Any(line => line.Id.Id == 103), "The end of the handler was not logged.");
        await DeliverUntilAsync(receiver, result => result.StatusCode != 409);
        Assert.Equal(2, handler.CallCount);
    }

    [Fact]
    public async Task A_handler_that_finishes_after_the_response_completes_its_claim()
    {
        var handler = new BlockingHandler();
        using var receiver = new TestReceiver(on => on.PayoutPaid((_, token) => handler.HandleAsync(token)));

        var first = receiver.DeliverAsync();
        await handler.Started;
        receiver.Clock.Advance(TimeSpan.FromSeconds(8));
        Assert.Equal(503, (await first).StatusCode);
        handler.Release();

        var later = await DeliverUntilAsync(receiver, result => result.StatusCode != 409);
        Assert.Equal(WebhookOutcome.Duplicate, later.Outcome);
        Assert.Equal(1, handler.CallCount);
    }

    [Fact]
    public async Task A_handler_that_blocks_its_thread_does_not_delay_the_response()
    {
        using var blocked = new ManualResetEventSlim();
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var receiver = new TestReceiver(on =>
            on.PayoutPaid(
                (_, _) =>
                {
                    started.SetResult();
                    blocked.Wait(Poll.Timeout, CancellationToken.None);
                    return Task.CompletedTask;
                }
            )
        );

        var first = receiver.DeliverAsync();
        await started.Task;
        receiver.Clock.Advance(TimeSpan.FromSeconds(8));

        Assert.Equal(503, (await first).StatusCode);
        blocked.Set();
    }

    [Fact]
    public async Task A_cancellation_callback_that_throws_is_logged()
    {
        var handler = new BlockingHandler();
        using var receiver = new TestReceiver(on =>
            on.PayoutPaid(
                async (_, token) =>
                {
                    using var registration = token.Register(() => throw new InvalidOperationException("The cancellation callback throws."));
                    await handler.HandleAsync(token);
                }
            )
        );

        var first = receiver.DeliverAsync();
        await handler.Started;
        receiver.Clock.Advance(TimeSpan.FromSeconds(8));

        Assert.Equal(503, (await first).StatusCode);
        handler.Release();
        Assert.Equal(WebhookOutcome.Duplicate, (await DeliverUntilAsync(receiver, result => result.StatusCode != 409)).Outcome);
        Assert.Contains(receiver.LogRecords, line => line.Id.Id == 115);
    }

    [Fact]
    public async Task The_lease_is_renewed_while_the_handler_runs()
    {
        var handler = new BlockingHandler();
        var clock = new RenewalTimeProvider();
        using var receiver = new TestReceiver(
            on => on.PayoutPaid((_, token) => handler.HandleAsync(token)),
            options => options.Timeout = TimeSpan.FromMinutes(10),
            clock: clock
        );

        var first = receiver.DeliverAsync();
        await handler.Started;
        // Five leases. In each step the claim is renewed, and the timer of the next renewal is created.
        for (var step = 1; step <= 15; step++)
        {
            clock.Advance(RenewalTimeProvider.Interval);
            await Poll.UntilAsync(() => clock.TimerCount == step + 1, "The claim was not renewed.");
            Assert.Equal(TimeSpan.FromSeconds(30), (await receiver.DeliverAsync()).RetryAfter);
        }

        handler.Release();
        Assert.Equal(200, (await first).StatusCode);
        Assert.Equal(1, handler.CallCount);
    }

    [Fact]
    public async Task No_further_handler_starts_after_the_timeout()
    {
        var handler = new BlockingHandler();
        var runs = 0;
        using var receiver = new TestReceiver(on =>
            on.PayoutPaid((_, token) => handler.HandleAsync(token))
                .Any(
                    (_, _) =>
                    {
                        runs++;
                        return Task.CompletedTask;
                    }
                )
        );

        var first = receiver.DeliverAsync();
        await handler.Started;
        receiver.Clock.Advance(TimeSpan.FromSeconds(8));
        await first;
        handler.Release();
        Assert.Equal(0, runs);

        await DeliverUntilAsync(receiver, result => result.StatusCode == 200);
        Assert.Equal(1, runs);
    }

    [Fact]
    public async Task Canceling_the_call_cancels_the_handler_and_throws()
    {
        var handler = new BlockingHandler();
        using var receiver = new TestReceiver(on => on.PayoutPaid((_, token) => handler.HandleAsync(token)));
        using var caller = new CancellationTokenSource();

        var first = receiver.DeliverWithTokenAsync(caller.Token);
        await handler.Started;
        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        await handler.Canceled;
        handler.Release();
    }

    /// <summary>Delivers repeatedly, as a sender does, without advancing the clock.</summary>
    private static async Task<WebhookResult> DeliverUntilAsync(TestReceiver receiver, Func<WebhookResult, bool> condition)
    {
        for (var elapsed = Stopwatch.StartNew(); ; await Poll.DelayAsync())
        {
            var last = await receiver.DeliverAsync();
            if (condition(last))
            {
                return last;
            }

            Assert.True(elapsed.Elapsed < Poll.Timeout, $"The result is still {last.StatusCode} {last.RetryAfter}.");
        }
    }

    /// <summary>Counts the timers of renewals.</summary>
    private sealed class RenewalTimeProvider() : FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1_790_000_000))
    {
        public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

        private int _timerCount;

        public int TimerCount => Volatile.Read(ref _timerCount);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            if (dueTime == Interval)
            {
                Interlocked.Increment(ref _timerCount);
            }

            return timer;
        }
    }
}
