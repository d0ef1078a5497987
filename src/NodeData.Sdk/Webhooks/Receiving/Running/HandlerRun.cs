using Microsoft.Extensions.DependencyInjection;
using NodeData.Sdk.Diagnostics;
using NodeData.Sdk.Webhooks.Receiving.Handlers;

namespace NodeData.Sdk.Webhooks.Receiving.Running;

/// <summary>One delivery for one handler: claim, handle, complete; or release, where it failed. Never throws.</summary>
internal sealed class HandlerRun(ReceiverSettings settings, HandlerRegistration handler, Delivery delivery)
{
    private readonly WebhookClaimKey _key = new(settings.Receiver, delivery.EventId, handler.Name);

    /// <param name="deadline">Cancelled when the time for the delivery is over, or the receiver's caller gives up.</param>
    public async Task<HandlerAnswer> RunAsync(CancellationToken deadline)
    {
        var claim = new WebhookClaim(_key, Guid.NewGuid().ToString("N"), settings.Lease, settings.Retention);
        WebhookClaimResult state;
        long asked = 0;
        try
        {
            state = await StoreCall
                .RunAsync(
                    token =>
                    {
                        asked = settings.Time.GetTimestamp();
                        return settings.Log.ClaimAsync(claim, token);
                    },
                    settings.Time,
                    deadline
                )
                .ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            return await WithoutClaimAsync(failure, deadline).ConfigureAwait(false);
        }

        if (!state.IsClaimed)
        {
            return state.IsCompleted ? WebhookOutcome.Duplicate : new HandlerAnswer(WebhookOutcome.InProgress, state.RemainingLease);
        }

        var held = new HeldClaim(settings.Log, claim, asked, settings.Time, settings.Logger);
        await using var _ = held.ConfigureAwait(false);
        return await UnderClaimAsync(held, state.Attempt, deadline).ConfigureAwait(false);
    }

    private async Task<HandlerAnswer> WithoutClaimAsync(Exception failure, CancellationToken deadline)
    {
        if (deadline.IsCancellationRequested)
        {
            settings.Logger.WebhookLogHung(_key.Shown);
            return WebhookOutcome.TimedOut;
        }

        settings.Logger.WebhookLogAway(_key.Shown, failure);
        if (!settings.HandleUnclaimed)
        {
            return WebhookOutcome.Unavailable;
        }

        var (_, thrown) = await HandleAsync(attempt: 0, held: null, deadline).ConfigureAwait(false);
        if (thrown is null)
        {
            return WebhookOutcome.Handled;
        }

        settings.Logger.WebhookHandlerFailed(handler.Name, _key.Shown, 0, thrown);
        return AfterFailure(deadline);
    }

    private async Task<HandlerAnswer> UnderClaimAsync(HeldClaim held, int attempt, CancellationToken deadline)
    {
        using var token = CancellationTokenSource.CreateLinkedTokenSource(deadline, held.Lost);
        var (call, failure) = await HandleAsync(attempt, held, token.Token).ConfigureAwait(false);
        if (failure is null && call.HasJoinedTransaction)
        {
            return await AfterTransactionAsync(held).ConfigureAwait(false);
        }

        if (failure is null)
        {
            return await CompleteAsync(held, WebhookOutcome.Handled).ConfigureAwait(false);
        }

        settings.Logger.WebhookHandlerFailed(handler.Name, _key.Shown, attempt, failure);
        if (await IsTakenAsDeadLetterAsync(attempt, failure, held).ConfigureAwait(false))
        {
            return await CompleteAsync(held, WebhookOutcome.DeadLettered).ConfigureAwait(false);
        }

        var isLost = held.IsLost;
        await held.ReleaseAsync().ConfigureAwait(false);
        return isLost ? WebhookOutcome.Unavailable : AfterFailure(deadline);
    }

    private async Task<(HandlerCall Call, Exception? Failure)> HandleAsync(int attempt, HeldClaim? held, CancellationToken token)
    {
        AsyncServiceScope? scope = null;
        var call = CallWith(NoServices.Instance);
        try
        {
            scope = settings.Scopes?.CreateAsyncScope();
            call = CallWith(scope?.ServiceProvider ?? NoServices.Instance);
            await handler.HandleAsync(call, token).ConfigureAwait(false);
            return (call, null);
        }
        catch (Exception failure)
        {
            return (call, failure);
        }
        finally
        {
            await CloseAsync(scope).ConfigureAwait(false);
        }

        HandlerCall CallWith(IServiceProvider services) => new(delivery.Event, _key.ToString(), attempt, services, held);
    }

    // The handler has done its work by then: what its services do when they are disposed of does not undo it.
    private async Task CloseAsync(AsyncServiceScope? scope)
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
            settings.Logger.WebhookScopeFailed(handler.Name, _key.Shown, failure);
        }
    }

    private async Task<HandlerAnswer> CompleteAsync(HeldClaim held, WebhookOutcome outcome)
    {
        try
        {
            if (await held.CompleteAsync().ConfigureAwait(false))
            {
                return outcome;
            }

            settings.Logger.WebhookHandledWithoutClaim(handler.Name, _key.Shown);
        }
        catch (Exception failure)
        {
            settings.Logger.WebhookNotCompleted(handler.Name, _key.Shown, failure);
        }

        return WebhookOutcome.Unavailable;
    }

    private async Task<HandlerAnswer> AfterTransactionAsync(HeldClaim held)
    {
        try
        {
            if (await held.IsCompletedAsync().ConfigureAwait(false))
            {
                return WebhookOutcome.Handled;
            }

            settings.Logger.WebhookTransactionNotCommitted(handler.Name, _key.Shown);
            await held.ReleaseAsync().ConfigureAwait(false);
            return WebhookOutcome.Failed;
        }
        catch (Exception failure)
        {
            settings.Logger.WebhookNotCompleted(handler.Name, _key.Shown, failure);
            return WebhookOutcome.Unavailable;
        }
    }

    private async Task<bool> IsTakenAsDeadLetterAsync(int attempt, Exception failure, HeldClaim held)
    {
        if (settings.DeadLetter is null || attempt < settings.MaxAttempts || held.IsLost)
        {
            return false;
        }

        try
        {
            var letter = new WebhookDeadLetter(delivery.Event, _key, attempt, failure);
            return await settings.DeadLetter(letter, held.Lost).ConfigureAwait(false);
        }
        catch (Exception refusal)
        {
            settings.Logger.WebhookDeadLetterFailed(handler.Name, _key.Shown, refusal);
            return false;
        }
    }

    private static HandlerAnswer AfterFailure(CancellationToken deadline) =>
        deadline.IsCancellationRequested ? WebhookOutcome.TimedOut : WebhookOutcome.Failed;
}
