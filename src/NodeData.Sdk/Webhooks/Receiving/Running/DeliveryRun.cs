using NodeData.Sdk.Diagnostics;
using NodeData.Sdk.Webhooks.Receiving.Handlers;

namespace NodeData.Sdk.Webhooks.Receiving.Running;

/// <summary>One delivery for all its handlers, within the time that it may take.</summary>
internal sealed class DeliveryRun(ReceiverSettings settings, Delivery delivery, IReadOnlyList<HandlerRegistration> handlers)
{
    /// <summary>
    /// Answers when the handlers have returned, or when the time is over: then they are cancelled, and go on holding their claims until they have returned.
    /// </summary>
    /// <exception cref="OperationCanceledException">The caller gave up; the handlers are cancelled likewise.</exception>
    public async Task<HandlerAnswer> RunAsync(CancellationToken cancellationToken)
    {
        var timeUp = new CancellationTokenSource(settings.Timeout, settings.Time);
        var deadline = CancellationTokenSource.CreateLinkedTokenSource(timeUp.Token, cancellationToken);
        // Away from the caller's thread: a handler that blocks it must not keep the answer waiting either.
        var running = Task.Run(() => RunHandlersAsync(deadline.Token), CancellationToken.None);
        try
        {
            return await running.WaitAsync(deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!running.IsCompleted)
            {
                settings.Logger.WebhookTimedOut(delivery.Event.ToString(), settings.Timeout);
            }

            return WebhookOutcome.TimedOut;
        }
        finally
        {
            _ = running.ContinueWith(
                _ =>
                {
                    deadline.Dispose();
                    timeUp.Dispose();
                },
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default
            );
        }
    }

    private async Task<HandlerAnswer> RunHandlersAsync(CancellationToken deadline)
    {
        HandlerAnswer gravest = WebhookOutcome.Unhandled;
        foreach (var handler in handlers)
        {
            var answer = deadline.IsCancellationRequested
                ? WebhookOutcome.TimedOut
                : await new HandlerRun(settings, handler, delivery).RunAsync(deadline).ConfigureAwait(false);
            gravest = HandlerAnswer.Graver(gravest, answer);
        }

        return gravest;
    }
}
