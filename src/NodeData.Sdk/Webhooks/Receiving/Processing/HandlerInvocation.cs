using Microsoft.Extensions.DependencyInjection;
using NodeData.Sdk.Diagnostics;
using NodeData.Sdk.Webhooks.Receiving.Handlers;

namespace NodeData.Sdk.Webhooks.Receiving.Processing;

/// <summary>
/// Invokes one handler for one event: acquires the claim, runs the handler, and completes the claim, or releases it if the handler fails. Never throws.
/// </summary>
internal sealed class HandlerInvocation(ReceiverSettings settings, HandlerRegistration handler, ReceivedEvent receivedEvent)
{
    private readonly WebhookClaimKey _key = new(settings.ReceiverName, receivedEvent.EventId, handler.Name);
    private HeldClaim? _completing;

    /// <summary>The claim that is being completed because the handler has returned; null before that.</summary>
    public HeldClaim? Completing => Volatile.Read(ref _completing);

    /// <param name="timeoutToken">Canceled when the request times out, or when the receiver's caller cancels the call.</param>
    public async Task<HandlerResult> RunAsync(CancellationToken timeoutToken)
    {
        var claim = new WebhookClaim(_key, Guid.NewGuid().ToString("N"), settings.Lease, settings.Retention);
        WebhookClaimResult claimResult;
        long requestedAt = 0;
        try
        {
            claimResult = await ClaimStoreInvoker
                .InvokeWithRetriesAsync(
                    token =>
                    {
                        requestedAt = settings.Time.GetTimestamp();
                        return settings.ClaimStore.ClaimAsync(claim, token);
                    },
                    settings.Time,
                    timeoutToken
                )
                .ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            return await RunWithoutClaimAsync(exception, timeoutToken).ConfigureAwait(false);
        }

        if (!claimResult.IsClaimed)
        {
            return claimResult.IsCompleted
                ? WebhookOutcome.Duplicate
                : new HandlerResult(WebhookOutcome.InProgress, claimResult.RemainingLease);
        }

        var heldClaim = new HeldClaim(settings.ClaimStore, claim, requestedAt, settings.Time, settings.Logger);
        await using var _ = heldClaim.ConfigureAwait(false);
        return await RunWithClaimAsync(heldClaim, claimResult.Attempt, timeoutToken).ConfigureAwait(false);
    }

    private async Task<HandlerResult> RunWithoutClaimAsync(Exception exception, CancellationToken timeoutToken)
    {
        if (timeoutToken.IsCancellationRequested)
        {
            settings.Logger.WebhookClaimStoreTimedOut(_key.MaskedText);
            return WebhookOutcome.TimedOut;
        }

        settings.Logger.WebhookClaimStoreFailed(_key.MaskedText, exception);
        if (!settings.ProcessWithoutClaim)
        {
            return WebhookOutcome.Unavailable;
        }

        var (_, handlerException) = await HandleAsync(attempt: 0, heldClaim: null, timeoutToken).ConfigureAwait(false);
        if (handlerException is null)
        {
            return WebhookOutcome.Handled;
        }

        settings.Logger.WebhookHandlerFailed(handler.Name, _key.MaskedText, 0, handlerException);
        return GetFailureOutcome(timeoutToken);
    }

    private async Task<HandlerResult> RunWithClaimAsync(HeldClaim heldClaim, int attempt, CancellationToken timeoutToken)
    {
        using var linkedSource = CancellationTokenSource.CreateLinkedTokenSource(timeoutToken, heldClaim.ClaimLost);
        var (context, exception) = await HandleAsync(attempt, heldClaim, linkedSource.Token).ConfigureAwait(false);
        if (exception is null && context.IsCompletedInTransaction)
        {
            return await ConfirmTransactionAsync(heldClaim).ConfigureAwait(false);
        }

        if (exception is null)
        {
            return await CompleteAsync(heldClaim, WebhookOutcome.Handled).ConfigureAwait(false);
        }

        settings.Logger.WebhookHandlerFailed(handler.Name, _key.MaskedText, attempt, exception);
        if (await TryDeadLetterAsync(attempt, exception, heldClaim).ConfigureAwait(false))
        {
            return await CompleteAsync(heldClaim, WebhookOutcome.DeadLettered).ConfigureAwait(false);
        }

        var isLost = heldClaim.IsLost;
        await heldClaim.ReleaseAsync().ConfigureAwait(false);
        return isLost ? WebhookOutcome.Unavailable : GetFailureOutcome(timeoutToken);
    }

    private async Task<(HandlerContext Context, Exception? Exception)> HandleAsync(
        int attempt,
        HeldClaim? heldClaim,
        CancellationToken token
    )
    {
        AsyncServiceScope? scope = null;
        var context = CreateContext(EmptyServiceProvider.Instance);
        try
        {
            scope = settings.ScopeFactory?.CreateAsyncScope();
            context = CreateContext(scope?.ServiceProvider ?? EmptyServiceProvider.Instance);
            await handler.HandleAsync(context, token).ConfigureAwait(false);
            return (context, null);
        }
        catch (Exception exception)
        {
            return (context, exception);
        }
        finally
        {
            await DisposeScopeAsync(scope).ConfigureAwait(false);
        }

        HandlerContext CreateContext(IServiceProvider services) => new(receivedEvent.Event, _key.ToString(), attempt, services, heldClaim);
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
        catch (Exception exception)
        {
            settings.Logger.WebhookScopeDisposalFailed(handler.Name, _key.MaskedText, exception);
        }
    }

    private async Task<HandlerResult> CompleteAsync(HeldClaim heldClaim, WebhookOutcome outcome)
    {
        Volatile.Write(ref _completing, heldClaim);
        try
        {
            if (await heldClaim.CompleteAsync().ConfigureAwait(false))
            {
                return outcome;
            }

            settings.Logger.WebhookClaimLostBeforeCompletion(handler.Name, _key.MaskedText);
        }
        catch (Exception exception)
        {
            settings.Logger.WebhookCompletionFailed(handler.Name, _key.MaskedText, exception);
        }

        return WebhookOutcome.Unavailable;
    }

    private async Task<HandlerResult> ConfirmTransactionAsync(HeldClaim heldClaim)
    {
        Volatile.Write(ref _completing, heldClaim);
        try
        {
            if (await heldClaim.IsCompletedAsync().ConfigureAwait(false))
            {
                return WebhookOutcome.Handled;
            }

            settings.Logger.WebhookTransactionNotCommitted(handler.Name, _key.MaskedText);
            await heldClaim.ReleaseAsync().ConfigureAwait(false);
            return WebhookOutcome.Failed;
        }
        catch (Exception exception)
        {
            settings.Logger.WebhookCompletionFailed(handler.Name, _key.MaskedText, exception);
            return WebhookOutcome.Unavailable;
        }
    }

    private async Task<bool> TryDeadLetterAsync(int attempt, Exception handlerException, HeldClaim heldClaim)
    {
        if (settings.DeadLetter is null || attempt < settings.MaxAttempts || heldClaim.IsLost)
        {
            return false;
        }

        try
        {
            var deadLetter = new WebhookDeadLetter(receivedEvent.Event, _key, attempt, handlerException);
            return await settings.DeadLetter(deadLetter, heldClaim.ClaimLost).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            settings.Logger.WebhookDeadLetterFailed(handler.Name, _key.MaskedText, exception);
            return false;
        }
    }

    private static HandlerResult GetFailureOutcome(CancellationToken timeoutToken) =>
        timeoutToken.IsCancellationRequested ? WebhookOutcome.TimedOut : WebhookOutcome.Failed;
}
