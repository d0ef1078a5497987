namespace NodeData.Sdk.Webhooks;

/// <summary>What became of one delivery. The set is closed, and ordered: with several handlers, the highest of theirs is that of the delivery.</summary>
public enum WebhookOutcome
{
    /// <summary>401: forged, stale or malformed. The sender is told nothing else.</summary>
    Rejected = 1,

    /// <summary>422: signed, but the body is not a JSON object.</summary>
    Unreadable = 2,

    /// <summary>200: genuine, and no handler is for its type.</summary>
    NoHandler = 3,

    /// <summary>200: handled before; nothing ran.</summary>
    Duplicate = 4,

    /// <summary>200: handled now.</summary>
    Handled = 5,

    /// <summary>200: a handler failed too often, and the application took the event out of its hands.</summary>
    DeadLettered = 6,

    /// <summary>409: another delivery of the same event is being handled. Come again later.</summary>
    InProgress = 7,

    /// <summary>500: a handler failed; it runs again when the event is delivered again.</summary>
    Failed = 8,

    /// <summary>503: the delivery log could not be asked, or the claim was lost. Come again later.</summary>
    Unavailable = 9,

    /// <summary>503: the time for the delivery was over before its handlers had returned. Come again later.</summary>
    TimedOut = 10,
}
