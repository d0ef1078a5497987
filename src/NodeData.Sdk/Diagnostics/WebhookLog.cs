using Microsoft.Extensions.Logging;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Diagnostics;

/// <summary>Log messages about received webhooks, with event IDs from 100. An ID is never reused for another message. No message contains a body.</summary>
internal static partial class WebhookLog
{
    [LoggerMessage(
        EventId = 100,
        Level = LogLevel.Warning,
        Message = "A webhook delivery to {Receiver} was rejected: {ErrorCode}. {Reason} {Suppressed} more with this code were rejected since the "
            + "last such message."
    )]
    public static partial void WebhookRejected(
        this ILogger logger,
        string receiver,
        WebhookErrorCode errorCode,
        string reason,
        int suppressed
    );

    [LoggerMessage(
        EventId = 101,
        Level = LogLevel.Error,
        Message = "A webhook delivery to {Receiver} has a valid signature, but its body of {Length} bytes is not a JSON object, or is "
            + "nested deeper than 1,000 levels. The response is 422."
    )]
    public static partial void WebhookBodyNotJsonObject(this ILogger logger, string receiver, int length);

    [LoggerMessage(
        EventId = 102,
        Level = LogLevel.Debug,
        Message = "The webhook receiver {Receiver} has no handler for {WebhookEvent}. The response is 200."
    )]
    public static partial void WebhookNoHandler(this ILogger logger, string receiver, string webhookEvent);

    [LoggerMessage(
        EventId = 103,
        Level = LogLevel.Error,
        Message = "The webhook handler {Handler} failed in attempt {Attempt} of {Delivery}. The service is expected to deliver the event again."
    )]
    public static partial void WebhookHandlerFailed(this ILogger logger, string handler, string delivery, int attempt, Exception exception);

    [LoggerMessage(
        EventId = 104,
        Level = LogLevel.Warning,
        Message = "The handlers of {WebhookEvent} did not return within {Timeout}. They are canceled and the response is 503; their claims are held until "
            + "they return."
    )]
    public static partial void WebhookTimedOut(this ILogger logger, string webhookEvent, TimeSpan timeout);

    [LoggerMessage(
        EventId = 105,
        Level = LogLevel.Error,
        Message = "The claim store failed to claim {Delivery}. The response is 503, unless WebhookReceiverOptions.ProcessWithoutClaim is set."
    )]
    public static partial void WebhookClaimStoreFailed(this ILogger logger, string delivery, Exception exception);

    [LoggerMessage(
        EventId = 106,
        Level = LogLevel.Error,
        Message = "The claim store did not respond about {Delivery} within the timeout of the delivery. The response is 503."
    )]
    public static partial void WebhookClaimStoreTimedOut(this ILogger logger, string delivery);

    [LoggerMessage(
        EventId = 107,
        Level = LogLevel.Warning,
        Message = "The claim on {Delivery} was lost while its handler was running. The handler is canceled; another process may handle the event."
    )]
    public static partial void WebhookClaimLost(this ILogger logger, string delivery);

    [LoggerMessage(
        EventId = 108,
        Level = LogLevel.Warning,
        Message = "The claim on {Delivery} could not be renewed. The renewal is retried; the lease is valid for another {RemainingLease}."
    )]
    public static partial void WebhookClaimRenewalFailed(
        this ILogger logger,
        string delivery,
        TimeSpan remainingLease,
        Exception exception
    );

    [LoggerMessage(
        EventId = 109,
        Level = LogLevel.Warning,
        Message = "The claim on {Delivery} could not be released. Its lease expires in {RemainingLease}; until then, the response for the event is 409."
    )]
    public static partial void WebhookClaimReleaseFailed(
        this ILogger logger,
        string delivery,
        TimeSpan remainingLease,
        Exception exception
    );

    [LoggerMessage(
        EventId = 110,
        Level = LogLevel.Warning,
        Message = "The webhook handler {Handler} returned after its claim on {Delivery} was lost. The claim is not completed, and the event may be "
            + "handled again."
    )]
    public static partial void WebhookClaimLostBeforeCompletion(this ILogger logger, string handler, string delivery);

    [LoggerMessage(
        EventId = 111,
        Level = LogLevel.Error,
        Message = "The webhook handler {Handler} returned, but the claim store failed to complete {Delivery}. The response is 503, and the event may be "
            + "handled again."
    )]
    public static partial void WebhookCompletionFailed(this ILogger logger, string handler, string delivery, Exception exception);

    [LoggerMessage(
        EventId = 112,
        Level = LogLevel.Error,
        Message = "The webhook handler {Handler} completed {Delivery} in a transaction that was not committed. Commit it before the handler returns. The "
            + "service is expected to deliver the event again."
    )]
    public static partial void WebhookTransactionNotCommitted(this ILogger logger, string handler, string delivery);

    [LoggerMessage(
        EventId = 113,
        Level = LogLevel.Error,
        Message = "The dead-letter callback failed for {Handler} and {Delivery}. The service is expected to deliver the event again."
    )]
    public static partial void WebhookDeadLetterFailed(this ILogger logger, string handler, string delivery, Exception exception);

    [LoggerMessage(
        EventId = 114,
        Level = LogLevel.Warning,
        Message = "Disposing the service scope of the webhook handler {Handler} for {Delivery} failed."
    )]
    public static partial void WebhookScopeDisposalFailed(this ILogger logger, string handler, string delivery, Exception exception);

    [LoggerMessage(
        EventId = 115,
        Level = LogLevel.Warning,
        Message = "A cancellation callback of the handler for {Delivery} threw; the handler is treated as canceled."
    )]
    public static partial void WebhookCancellationCallbackFailed(this ILogger logger, string delivery, Exception exception);

    [LoggerMessage(
        EventId = 116,
        Level = LogLevel.Warning,
        Message = "The handler for {Delivery} returned, but the claim store failed to complete the claim. Completing is retried for at most "
            + "{RemainingLease}; until then, the response for another delivery of the event is 409."
    )]
    public static partial void WebhookCompletionRetried(this ILogger logger, string delivery, TimeSpan remainingLease, Exception exception);

    [LoggerMessage(
        EventId = 117,
        Level = LogLevel.Warning,
        Message = "The webhook receiver {Receiver} was disposed while {Count} events were still in progress after {Lease}. They may be handled again."
    )]
    public static partial void WebhookReceiverDisposedInProgress(this ILogger logger, string receiver, int count, TimeSpan lease);
}
