namespace NodeData.Sdk.Webhooks;

/// <summary>
/// Specifies the outcome of a request that the receiver processed, which is one attempt of a delivery. The values are ordered: with several handlers, the
/// outcome of the request is the highest of their outcomes. The status code of the response is at the beginning of each description.
/// </summary>
public enum WebhookOutcome
{
    /// <summary>401: the signature is invalid, stale or malformed. The response does not reveal which.</summary>
    Rejected = 1,

    /// <summary>422: the signature is valid, but the body is not a JSON object.</summary>
    MalformedPayload = 2,

    /// <summary>200: the signature is valid, but no handler is registered for the event's type.</summary>
    NoHandler = 3,

    /// <summary>200: the event was already handled; no handler ran.</summary>
    Duplicate = 4,

    /// <summary>200: the event was handled.</summary>
    Handled = 5,

    /// <summary>
    /// 200: a handler failed <see cref="WebhookReceiverOptions.MaxAttempts"/> times or more, and the dead-letter callback accepted the event.
    /// </summary>
    DeadLettered = 6,

    /// <summary>409: the event is being handled for another request. Retry the delivery later.</summary>
    InProgress = 7,

    /// <summary>500: a handler failed. Retry the delivery: the handler runs again on the next attempt.</summary>
    Failed = 8,

    /// <summary>503: the claim store was unavailable, or the claim was lost. Retry the delivery later.</summary>
    Unavailable = 9,

    /// <summary>503: the handlers did not return before the timeout. Retry the delivery later.</summary>
    TimedOut = 10,
}
