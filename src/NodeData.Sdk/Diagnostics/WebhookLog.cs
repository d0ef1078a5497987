using Microsoft.Extensions.Logging;
using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Diagnostics;

/// <summary>All log messages about received webhooks: ids from 100. An id is never used again for another message. None repeats a body.</summary>
internal static partial class WebhookLog
{
    [LoggerMessage(
        EventId = 100,
        Level = LogLevel.Warning,
        Message = "A webhook delivery to {Receiver} was refused: {ErrorCode}. {Reason} {Suppressed} more with this code were refused since the last such line."
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
        Message = "A webhook delivery to {Receiver} was signed, but its body of {Length} bytes is no JSON object. It was answered 422."
    )]
    public static partial void WebhookBodyNotJsonObject(this ILogger logger, string receiver, int length);

    [LoggerMessage(
        EventId = 102,
        Level = LogLevel.Debug,
        Message = "The webhook receiver {Receiver} has no handler for {WebhookEvent}. It was answered 200."
    )]
    public static partial void WebhookNoHandler(this ILogger logger, string receiver, string webhookEvent);

    [LoggerMessage(
        EventId = 103,
        Level = LogLevel.Error,
        Message = "The webhook handler {Handler} failed, attempt {Attempt} of {Delivery}. The event is to be delivered again."
    )]
    public static partial void WebhookHandlerFailed(this ILogger logger, string handler, string delivery, int attempt, Exception failure);

    [LoggerMessage(
        EventId = 104,
        Level = LogLevel.Warning,
        Message = "The handlers of {WebhookEvent} have not returned within {Timeout}: they are cancelled, and the delivery is answered 503. Their claims are kept "
            + "until they return."
    )]
    public static partial void WebhookTimedOut(this ILogger logger, string webhookEvent, TimeSpan timeout);

    [LoggerMessage(
        EventId = 105,
        Level = LogLevel.Error,
        Message = "The delivery log could not be asked about {Delivery}. It is answered 503 unless handling unclaimed is allowed."
    )]
    public static partial void WebhookClaimStoreFailed(this ILogger logger, string delivery, Exception failure);

    [LoggerMessage(
        EventId = 106,
        Level = LogLevel.Error,
        Message = "The delivery log did not answer about {Delivery} within the time for the delivery. It is answered 503."
    )]
    public static partial void WebhookClaimStoreTimedOut(this ILogger logger, string delivery);

    [LoggerMessage(
        EventId = 107,
        Level = LogLevel.Warning,
        Message = "The claim on {Delivery} was lost while its handler ran; the handler is cancelled. Another process may handle the event."
    )]
    public static partial void WebhookClaimLost(this ILogger logger, string delivery);

    [LoggerMessage(
        EventId = 108,
        Level = LogLevel.Warning,
        Message = "The claim on {Delivery} could not be renewed. It is tried again; the claim still holds for {RemainingLease}."
    )]
    public static partial void WebhookClaimRenewalFailed(this ILogger logger, string delivery, TimeSpan remainingLease, Exception failure);

    [LoggerMessage(
        EventId = 109,
        Level = LogLevel.Warning,
        Message = "The claim on {Delivery} could not be released. It ends by itself in {RemainingLease}; until then the event is answered 409."
    )]
    public static partial void WebhookClaimReleaseFailed(this ILogger logger, string delivery, TimeSpan remainingLease, Exception failure);

    [LoggerMessage(
        EventId = 110,
        Level = LogLevel.Warning,
        Message = "The webhook handler {Handler} returned after its claim on {Delivery} was lost, so it is not noted as handled: the event may be handled again."
    )]
    public static partial void WebhookClaimLostBeforeCompletion(this ILogger logger, string handler, string delivery);

    [LoggerMessage(
        EventId = 111,
        Level = LogLevel.Error,
        Message = "The webhook handler {Handler} returned, but the delivery log could not be told about {Delivery}. It is answered 503, and the event may be handled "
            + "again."
    )]
    public static partial void WebhookCompletionFailed(this ILogger logger, string handler, string delivery, Exception failure);

    [LoggerMessage(
        EventId = 112,
        Level = LogLevel.Error,
        Message = "The webhook handler {Handler} completed {Delivery} in a transaction that was never committed. Commit it before returning. The event is to be "
            + "delivered again."
    )]
    public static partial void WebhookTransactionNotCommitted(this ILogger logger, string handler, string delivery);

    [LoggerMessage(
        EventId = 113,
        Level = LogLevel.Error,
        Message = "The dead-letter hook failed for {Handler} and {Delivery}. The event is to be delivered again."
    )]
    public static partial void WebhookDeadLetterFailed(this ILogger logger, string handler, string delivery, Exception failure);

    [LoggerMessage(
        EventId = 114,
        Level = LogLevel.Warning,
        Message = "The services of the webhook handler {Handler} for {Delivery} failed to be disposed of."
    )]
    public static partial void WebhookScopeDisposalFailed(this ILogger logger, string handler, string delivery, Exception failure);

    [LoggerMessage(
        EventId = 115,
        Level = LogLevel.Warning,
        Message = "What the handler of {Delivery} does on being cancelled failed. It counts as cancelled all the same."
    )]
    public static partial void WebhookCancellationCallbackFailed(this ILogger logger, string delivery, Exception failure);
}
