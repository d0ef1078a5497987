using NodeData.Sdk.Diagnostics;
using NodeData.Sdk.Webhooks.Receiving.Handlers;

namespace NodeData.Sdk.Webhooks.Receiving.Running;

/// <summary>Runs all handlers of one event within the timeout.</summary>
internal sealed class EventRun(ReceiverSettings settings, ReceivedEvent receivedEvent, IReadOnlyList<HandlerRegistration> handlers)
{
    /// <summary>
    /// Runs the handlers. The task completes when they have returned or when the timeout expires. In the latter case the handlers are canceled, and they hold
    /// their claims until they return.
    /// </summary>
    /// <exception cref="OperationCanceledException">The caller's token was canceled; the handlers are canceled as well.</exception>
    public async Task<HandlerResult> RunAsync(CancellationToken cancellationToken)
    {
        var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var timer = settings.Time.CreateTimer(
            _ => CancelHandlers(deadline),
            null,
            settings.Timeout,
            System.Threading.Timeout.InfiniteTimeSpan
        );
        // On another thread, so that a handler that blocks does not delay the result.
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

    // CancellationTokenSource.CancelAfter is not used: an exception of a handler's cancellation callback would terminate the process.
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
