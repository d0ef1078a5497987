using NodeData.Sdk.Diagnostics;
using NodeData.Sdk.Webhooks.Receiving.Handlers;

namespace NodeData.Sdk.Webhooks.Receiving.Running;

/// <summary>One delivery for all its handlers, within the time that it may take.</summary>
internal sealed class EventRun(ReceiverSettings settings, ReceivedEvent receivedEvent, IReadOnlyList<HandlerRegistration> handlers)
{
    /// <summary>
    /// Answers when the handlers have returned, or when the time is over: then they are cancelled, and go on holding their claims until they have returned.
    /// </summary>
    /// <exception cref="OperationCanceledException">The caller gave up; the handlers are cancelled likewise.</exception>
    public async Task<HandlerResult> RunAsync(CancellationToken cancellationToken)
    {
        var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var timer = settings.Time.CreateTimer(
            _ => CancelHandlers(deadline),
            null,
            settings.Timeout,
            System.Threading.Timeout.InfiniteTimeSpan
        );
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
                settings.Logger.WebhookTimedOut(receivedEvent.Event.ToString(), settings.Timeout);
            }

            return WebhookOutcome.TimedOut;
        }
        finally
        {
            _ = CleanUpAsync(running, timer, deadline);
        }
    }

    // Not left to the source's own timer: what a handler does on being cancelled may fail, and would take the process down from there.
    private void CancelHandlers(CancellationTokenSource deadline)
    {
        try
        {
            deadline.Cancel();
        }
        catch (AggregateException failure)
        {
            settings.Logger.WebhookCancellationCallbackFailed(receivedEvent.Event.ToString(), failure);
        }
    }

    private static async Task CleanUpAsync(Task running, ITimer timer, CancellationTokenSource deadline)
    {
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await timer.DisposeAsync().ConfigureAwait(false);
        deadline.Dispose();
    }

    private async Task<HandlerResult> RunHandlersAsync(CancellationToken deadline)
    {
        HandlerResult combined = WebhookOutcome.NoHandler;
        foreach (var handler in handlers)
        {
            var result = deadline.IsCancellationRequested
                ? WebhookOutcome.TimedOut
                : await new HandlerRun(settings, handler, receivedEvent).RunAsync(deadline).ConfigureAwait(false);
            combined = HandlerResult.GetMoreSevere(combined, result);
        }

        return combined;
    }
}
