using NodeData.Sdk.Tests.Doubles;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Tests.Webhooks.Receiving;

/// <summary>Events that a handler never manages.</summary>
public sealed class DeadLetterTests
{
    [Fact]
    public async Task After_the_last_attempt_the_hook_takes_the_event_and_it_is_answered_200()
    {
        var letters = new List<WebhookDeadLetter>();
        using var inbox = Failing(options =>
        {
            options.MaxAttempts = 3;
            options.DeadLetter = (letter, _) =>
            {
                letters.Add(letter);
                return Task.FromResult(true);
            };
        });

        var outcomes = new List<WebhookOutcome>();
        for (var delivery = 0; delivery < 4; delivery++)
        {
            outcomes.Add((await inbox.DeliverAsync()).Outcome);
        }

        Assert.Equal([WebhookOutcome.Failed, WebhookOutcome.Failed, WebhookOutcome.DeadLettered, WebhookOutcome.Duplicate], outcomes);
        var letter = Assert.Single(letters);
        Assert.Equal((3, "ev_1", "payout.paid"), (letter.Attempt, letter.Event.Id, letter.ClaimKey.Handler));
        Assert.Equal("never", letter.Failure.Message);
    }

    [Fact]
    public async Task A_hook_that_does_not_take_it_or_fails_leaves_it_to_the_service()
    {
        var answers = new Queue<Func<bool>>([() => false, () => throw new IOException("the store is away"), () => true]);
        using var inbox = Failing(options =>
        {
            options.MaxAttempts = 1;
            options.DeadLetter = (_, _) => Task.FromResult(answers.Dequeue()());
        });

        Assert.Equal(500, (await inbox.DeliverAsync()).StatusCode);
        Assert.Equal(500, (await inbox.DeliverAsync()).StatusCode);
        Assert.Equal(WebhookOutcome.DeadLettered, (await inbox.DeliverAsync()).Outcome);
        Assert.Contains(inbox.Lines, line => line.Id.Id == 113);
    }

    [Fact]
    public async Task Without_a_hook_it_fails_for_as_long_as_it_is_delivered()
    {
        using var inbox = Failing(options => options.MaxAttempts = 1);

        for (var delivery = 0; delivery < 12; delivery++)
        {
            Assert.Equal(500, (await inbox.DeliverAsync()).StatusCode);
        }
    }

    [Fact]
    public async Task A_handler_that_returns_after_the_answer_with_a_failure_reaches_the_hook_as_well()
    {
        var gate = new Gate();
        var taken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var inbox = new Inbox(
            on => on.PayoutPaid((_, token) => gate.EnterAsync(token)),
            options =>
            {
                options.MaxAttempts = 1;
                options.DeadLetter = (_, _) =>
                {
                    taken.SetResult();
                    return Task.FromResult(true);
                };
            }
        );

        var first = inbox.DeliverAsync();
        await gate.Begun;
        inbox.Clock.Advance(TimeSpan.FromSeconds(8));
        Assert.Equal(503, (await first).StatusCode);
        gate.Break(new OperationCanceledException());

        await taken.Task.WaitAsync(Bounded.Limit, TestContext.Current.CancellationToken);
    }

    private static Inbox Failing(Action<WebhookReceiverOptions> configure) =>
        new(on => on.PayoutPaid((_, _) => throw new InvalidOperationException("never")), configure);
}
