using NodeData.Sdk.Diagnostics;
using NodeData.Sdk.Webhooks.Receiving.Handlers;

namespace NodeData.Sdk.Webhooks.Receiving.Processing;

/// <summary>Runs all handlers of one event within the timeout.</summary>
internal sealed class EventProcessing(ReceiverSettings settings, ReceivedEvent receivedEvent, IReadOnlyList<HandlerRegistration> handlers)
{
    /// <summary>
    /// Runs the handlers. The task completes when they have returned or when the timeout expires. In the latter case the handlers are canceled, and they hold
    /// their claims until they return.
    /// </summary>
    /// <exception cref="OperationCanceledException">The caller's token was canceled; the handlers are canceled as well.</exception>
    public async Task<HandlerResult> RunAsync(CancellationToken cancellationToken)
    {
        var timeoutSource = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var timer = settings.Time.CreateTimer(
            _ => CancelHandlers(timeoutSource),
            null,
            settings.Timeout,
            System.Threading.Timeout.InfiniteTimeSpan
        );
        // On another thread, so that a handler that blocks does not delay the result.
        var handlersTask = Task.Run(() => RunHandlersAsync(timeoutSource.Token), CancellationToken.None);
        try
        {
            return await handlersTask.WaitAsync(timeoutSource.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!handlersTask.IsCompleted)
            {
                settings.Logger.WebhookTimedOut(receivedEvent.Event.ToString(), settings.Timeout);
            }

            return WebhookOutcome.TimedOut;
        }
        finally
        {
            _ = CleanUpAsync(handlersTask, timer, timeoutSource);
        }
    }

    // CancellationTokenSource.CancelAfter is not used: an exception of a handler's cancellation callback would terminate the process.
    private void CancelHandlers(CancellationTokenSource timeoutSource)
    {
        try
        {
            timeoutSource.Cancel();
        }
        catch (AggregateException exception)
        {
            settings.Logger.WebhookCancellationCallbackFailed(receivedEvent.Event.ToString(), exception);
        }
    }

    private static async Task CleanUpAsync(Task handlersTask, ITimer timer, CancellationTokenSource timeoutSource)
    {
        await handlersTask.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await timer.DisposeAsync().ConfigureAwait(false);
        timeoutSource.Dispose();
    }

    private async Task<HandlerResult> RunHandlersAsync(CancellationToken timeoutToken)
    {
        HandlerResult combined = WebhookOutcome.NoHandler;
        foreach (var handler in handlers)
        {
            var result = timeoutToken.IsCancellationRequested
                ? WebhookOutcome.TimedOut
                : await new HandlerInvocation(settings, handler, receivedEvent).RunAsync(timeoutToken).ConfigureAwait(false);
            combined = HandlerResult.GetMoreSevere(combined, result);
        }

        return combined;
    }
}
