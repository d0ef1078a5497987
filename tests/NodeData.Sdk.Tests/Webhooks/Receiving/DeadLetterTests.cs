using NodeData.Sdk.Tests.Doubles;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Tests.Webhooks.Receiving;

/// <summary>Tests of events whose handler always fails.</summary>
public sealed class DeadLetterTests
{
    [Fact]
    public async Task After_the_last_attempt_the_event_is_dead_lettered_and_returns_200()
    {
        var deadLetters = new List<WebhookDeadLetter>();
        using var receiver = CreateFailingReceiver(options =>
        {
            options.MaxAttempts = 3;
            options.DeadLetter = (deadLetter, _) =>
            {
                deadLetters.Add(deadLetter);
                return Task.FromResult(true);
            };
        });

        var outcomes = new List<WebhookOutcome>();
        for (var attempt = 0; attempt < 4; attempt++)
        {
            outcomes.Add((await receiver.DeliverAsync()).Outcome);
        }

        Assert.Equal([WebhookOutcome.Failed, WebhookOutcome.Failed, WebhookOutcome.DeadLettered, WebhookOutcome.Duplicate], outcomes);
        var deadLetter = Assert.Single(deadLetters);
        Assert.Equal((3, "ev_1", "payout.paid"), (deadLetter.Attempt, deadLetter.Event.Id, deadLetter.ClaimKey.Handler));
        Assert.Equal("The handler fails.", deadLetter.Exception.Message);
    }

    [Fact]
    public async Task A_callback_that_declines_or_throws_leaves_the_event_to_be_retried()
    {
        var results = new Queue<Func<bool>>([
            () => false,
            () => throw new IOException("The dead-letter queue is unreachable."),
            () => true,
        ]);
        using var receiver = CreateFailingReceiver(options =>
        {
            options.MaxAttempts = 1;
            options.DeadLetter = (_, _) => Task.FromResult(results.Dequeue()());
        });

        Assert.Equal(500, (await receiver.DeliverAsync()).StatusCode);
        Assert.Equal(500, (await receiver.DeliverAsync()).StatusCode);
        Assert.Equal(WebhookOutcome.DeadLettered, (await receiver.DeliverAsync()).Outcome);
        Assert.Contains(receiver.LogRecords, line => line.Id.Id == 113);
    }

    [Fact]
    public async Task Without_a_callback_every_attempt_fails()
    {
        using var receiver = CreateFailingReceiver(options => options.MaxAttempts = 1);

        for (var attempt = 0; attempt < 12; attempt++)
        {
            Assert.Equal(500, (await receiver.DeliverAsync()).StatusCode);
        }
    }

    [Fact]
    public async Task A_handler_that_fails_after_the_response_is_dead_lettered()
    {
        var handler = new BlockingHandler();
        var deadLettered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var receiver = new TestReceiver(
            on => on.PayoutPaid((_, token) => handler.HandleAsync(token)),
            options =>
            {
                options.MaxAttempts = 1;
                options.DeadLetter = (_, _) =>
                {
                    deadLettered.SetResult();
                    return Task.FromResult(true);
                };
            }
        );

        var first = receiver.DeliverAsync();
        await handler.Started;
        receiver.Clock.Advance(TimeSpan.FromSeconds(8));
        Assert.Equal(503, (await first).StatusCode);
        handler.Fail(new OperationCanceledException());

        await deadLettered.Task.WaitAsync(Poll.Timeout, TestContext.Current.CancellationToken);
    }

    private static TestReceiver CreateFailingReceiver(Action<WebhookReceiverOptions> configure) =>
        new(on => on.PayoutPaid((_, _) => throw new InvalidOperationException("The handler fails.")), configure);
}
