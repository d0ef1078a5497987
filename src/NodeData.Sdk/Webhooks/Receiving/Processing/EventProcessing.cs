using NodeData.Sdk.Diagnostics;
using NodeData.Sdk.Webhooks.Receiving.Handlers;

namespace NodeData.Sdk.Webhooks.Receiving.Processing;

/// <summary>Runs all handlers of one event within the timeout.</summary>
internal sealed class EventProcessing(
    ReceiverSettings settings,
    EventsInProgress inProgress,
    ReceivedEvent receivedEvent,
    IReadOnlyList<HandlerRegistration> handlers
)
{
    private HandlerInvocation? _current;

    /// <summary>
    /// Completes when the claims of the handlers are completed, or when the timeout expires: then the handlers are canceled, and they hold their claims until
    /// they return. A completion that is not stored by then continues in the background.
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
        inProgress.Start();
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
                return GetResultAtTimeout();
            }

            return WebhookOutcome.TimedOut;
        }
        finally
        {
            _ = CleanUpAsync(handlersTask, timer, timeoutSource);
        }
    }

    private HandlerResult GetResultAtTimeout()
    {
        if (Volatile.Read(ref _current)?.Completing is { } claim)
        {
            settings.Logger.WebhookClaimStoreTimedOut(claim.MaskedKey);
            var remaining = claim.RemainingLease;
            return new HandlerResult(WebhookOutcome.Unavailable, remaining > TimeSpan.Zero ? remaining : TimeSpan.Zero);
        }

        settings.Logger.WebhookTimedOut(receivedEvent.Event.ToString(), settings.Timeout);
        return WebhookOutcome.TimedOut;
    }

    // Not done by the source's own timer: a handler's cancellation callback may throw, which would terminate the process there.
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

    private async Task CleanUpAsync(Task handlersTask, ITimer timer, CancellationTokenSource timeoutSource)
    {
        await handlersTask.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await timer.DisposeAsync().ConfigureAwait(false);
        timeoutSource.Dispose();
        inProgress.Finish();
    }

    private async Task<HandlerResult> RunHandlersAsync(CancellationToken timeoutToken)
    {
        HandlerResult combined = WebhookOutcome.NoHandler;
        foreach (var handler in handlers)
        {
            if (timeoutToken.IsCancellationRequested)
            {
                return HandlerResult.GetMoreSevere(combined, WebhookOutcome.TimedOut);
            }

            var run = new HandlerInvocation(settings, handler, receivedEvent);
            Volatile.Write(ref _current, run);
            combined = HandlerResult.GetMoreSevere(combined, await run.RunAsync(timeoutToken).ConfigureAwait(false));
        }

        return combined;
    }
}
