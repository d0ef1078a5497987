using System.Diagnostics;

namespace NodeData.Sdk.Webhooks;

/// <summary>Represents the result of receiving a delivery. Immutable.</summary>
/// <param name="Outcome">The outcome.</param>
[DebuggerDisplay("{StatusCode} {Outcome}")]
public readonly record struct WebhookResult(WebhookOutcome Outcome)
{
    /// <summary>
    /// The HTTP status code to respond with; the response body is empty. A consumer of a queue uses it in the same way. 200: acknowledge. 401 and 422: discard;
    /// a retry does not help. 409, 500 and 503: deliver again.
    /// </summary>
    public int StatusCode =>
        Outcome switch
        {
            WebhookOutcome.NoHandler or WebhookOutcome.Duplicate or WebhookOutcome.Handled or WebhookOutcome.DeadLettered => 200,
            WebhookOutcome.Rejected => 401,
            WebhookOutcome.InProgress => 409,
            WebhookOutcome.Unreadable => 422,
            WebhookOutcome.Failed => 500,
            _ => 503,
        };

    /// <summary>The time after which to retry, for the <c>Retry-After</c> header; null if it is not known.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The reason why the delivery was rejected or is unreadable; null for any other outcome. Do not reveal it to the sender.</summary>
    public WebhookErrorCode? ErrorCode { get; init; }

    /// <summary>The event; null if the delivery was rejected or is unreadable.</summary>
    public WebhookEvent? Event { get; init; }
}
