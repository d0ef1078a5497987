using Microsoft.Extensions.DependencyInjection;
using NodeData.Sdk.Diagnostics;
using NodeData.Sdk.Webhooks.Receiving.Handlers;

namespace NodeData.Sdk.Webhooks.Receiving.Running;

/// <summary>
/// Invokes one handler for one event: acquires the claim, runs the handler, and completes the claim, or releases it if the handler fails. Never throws.
/// </summary>
internal sealed class HandlerRun(ReceiverSettings settings, HandlerRegistration handler, ReceivedEvent receivedEvent)
{
    private readonly WebhookClaimKey _key = new(settings.Receiver, receivedEvent.EventId, handler.Name);

    /// <param name="deadline">Canceled when the request times out, or when the receiver's caller cancels the call.</param>
    public async Task<HandlerResult> RunAsync(CancellationToken deadline)
    {
        var claim = new WebhookClaim(_key, Guid.NewGuid().ToString("N"), settings.Lease, settings.Retention);
        WebhookClaimResult state;
        long requestedAt = 0;
        try
        {
            state = await StoreCall
                .RunAsync(
                    token =>
                    {
                        requestedAt = settings.Time.GetTimestamp();
                        return settings.ClaimStore.ClaimAsync(claim, token);
                    },
                    settings.Time,
                    deadline
                )
                .ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            return await RunWithoutClaimAsync(failure, deadline).ConfigureAwait(false);
        }

        if (!state.IsClaimed)
        {
            return state.IsCompleted ? WebhookOutcome.Duplicate : new HandlerResult(WebhookOutcome.InProgress, state.RemainingLease);
        }

        var held = new HeldClaim(settings.ClaimStore, claim, requestedAt, settings.Time, settings.Logger);
        await using var _ = held.ConfigureAwait(false);
        return await RunWithClaimAsync(held, state.Attempt, deadline).ConfigureAwait(false);
    }

    private async Task<HandlerResult> RunWithoutClaimAsync(Exception failure, CancellationToken deadline)
    {
        if (deadline.IsCancellationRequested)
        {
            settings.Logger.WebhookClaimStoreTimedOut(_key.MaskedText);
            return WebhookOutcome.TimedOut;
        }

        settings.Logger.WebhookClaimStoreFailed(_key.MaskedText, failure);
        if (!settings.ProcessWithoutClaim)
        {
            return WebhookOutcome.Unavailable;
        }

        var (_, handlerFailure) = await HandleAsync(attempt: 0, held: null, deadline).ConfigureAwait(false);
        if (handlerFailure is null)
        {
            return WebhookOutcome.Handled;
        }

        settings.Logger.WebhookHandlerFailed(handler.Name, _key.MaskedText, 0, handlerFailure);
        return GetFailureOutcome(deadline);
    }

    private async Task<HandlerResult> RunWithClaimAsync(HeldClaim held, int attempt, CancellationToken deadline)
    {
        using var token = CancellationTokenSource.CreateLinkedTokenSource(deadline, held.Lost);
        var (call, failure) = await HandleAsync(attempt, held, token.Token).ConfigureAwait(false);
        if (failure is null && call.HasJoinedTransaction)
        {
            return await ConfirmTransactionAsync(held).ConfigureAwait(false);
        }

        if (failure is null)
        {
            return await CompleteAsync(held, WebhookOutcome.Handled).ConfigureAwait(false);
        }

        settings.Logger.WebhookHandlerFailed(handler.Name, _key.MaskedText, attempt, failure);
        if (await TryDeadLetterAsync(attempt, failure, held).ConfigureAwait(false))
        {
            return await CompleteAsync(held, WebhookOutcome.DeadLettered).ConfigureAwait(false);
        }

        var isLost = held.IsLost;
        await held.ReleaseAsync().ConfigureAwait(false);
        return isLost ? WebhookOutcome.Unavailable : GetFailureOutcome(deadline);
    }

    private async Task<(HandlerCall Call, Exception? Failure)> HandleAsync(int attempt, HeldClaim? held, CancellationToken token)
    {
        AsyncServiceScope? scope = null;
        var call = CreateCall(EmptyServiceProvider.Instance);
        try
        {
            scope = settings.ScopeFactory?.CreateAsyncScope();
            call = CreateCall(scope?.ServiceProvider ?? EmptyServiceProvider.Instance);
            await handler.HandleAsync(call, token).ConfigureAwait(false);
            return (call, null);
        }
        catch (Exception failure)
        {
            return (call, failure);
        }
        finally
        {
            await DisposeScopeAsync(scope).ConfigureAwait(false);
        }

        HandlerCall CreateCall(IServiceProvider services) => new(receivedEvent.Event, _key.ToString(), attempt, services, held);
    }

    // The handler has already returned, so an exception during disposal does not undo its effect.
    private async Task DisposeScopeAsync(AsyncServiceScope? scope)
    {
        try
        {
            if (scope is { } open)
            {
                await open.DisposeAsync().ConfigureAwait(false);
            }
        }
        catch (Exception failure)
        {
            settings.Logger.WebhookScopeDisposalFailed(handler.Name, _key.MaskedText, failure);
        }
    }

    private async Task<HandlerResult> CompleteAsync(HeldClaim held, WebhookOutcome outcome)
    {
        try
        {
            if (await held.CompleteAsync().ConfigureAwait(false))
            {
                return outcome;
            }

            settings.Logger.WebhookClaimLostBeforeCompletion(handler.Name, _key.MaskedText);
        }
        catch (Exception failure)
        {
            settings.Logger.WebhookCompletionFailed(handler.Name, _key.MaskedText, failure);
        }

        return WebhookOutcome.Unavailable;
    }

    private async Task<HandlerResult> ConfirmTransactionAsync(HeldClaim held)
    {
        try
        {
            if (await held.IsCompletedAsync().ConfigureAwait(false))
            {
                return WebhookOutcome.Handled;
            }

            settings.Logger.WebhookTransactionNotCommitted(handler.Name, _key.MaskedText);
            await held.ReleaseAsync().ConfigureAwait(false);
            return WebhookOutcome.Failed;
        }
        catch (Exception failure)
        {
            settings.Logger.WebhookCompletionFailed(handler.Name, _key.MaskedText, failure);
            return WebhookOutcome.Unavailable;
        }
    }

    private async Task<bool> TryDeadLetterAsync(int attempt, Exception failure, HeldClaim held)
    {
        if (settings.DeadLetter is null || attempt < settings.MaxAttempts || held.IsLost)
        {
            return false;
        }

        try
        {
            var deadLetter = new WebhookDeadLetter(receivedEvent.Event, _key, attempt, failure);
            return await settings.DeadLetter(deadLetter, held.Lost).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            settings.Logger.WebhookDeadLetterFailed(handler.Name, _key.MaskedText, exception);
            return false;
        }
    }

    private static HandlerResult GetFailureOutcome(CancellationToken deadline) =>
        deadline.IsCancellationRequested ? WebhookOutcome.TimedOut : WebhookOutcome.Failed;
}
