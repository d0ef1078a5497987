namespace NodeData.Sdk.Webhooks;

/// <summary>
/// Specifies the outcome of a delivery. The values are ordered: with several handlers, the outcome of the delivery is the highest of their outcomes.
/// </summary>
public enum WebhookOutcome
{
    /// <summary>401: the signature is invalid, stale or malformed. The response does not reveal which.</summary>
    Rejected = 1,

    /// <summary>422: the signature is valid, but the body is not a JSON object.</summary>
    Unreadable = 2,

    /// <summary>200: the signature is valid, but no handler is registered for the event's type.</summary>
    NoHandler = 3,

    /// <summary>200: the event was handled before; no handler ran.</summary>
    Duplicate = 4,

    /// <summary>200: the event was handled.</summary>
    Handled = 5,

    /// <summary>200: a handler failed too often, and the application accepted the event as a dead letter.</summary>
    DeadLettered = 6,

    /// <summary>409: the same event is being handled for another delivery. Retry later.</summary>
    InProgress = 7,

    /// <summary>500: a handler failed. It runs again when the service retries the delivery.</summary>
    Failed = 8,

    /// <summary>503: the claim store was unavailable, or the claim was lost. Retry later.</summary>
    Unavailable = 9,

    /// <summary>503: the handlers did not return before the timeout. Retry later.</summary>
    TimedOut = 10,
}
