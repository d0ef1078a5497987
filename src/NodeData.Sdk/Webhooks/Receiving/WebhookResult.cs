using System.Diagnostics;

namespace NodeData.Sdk.Webhooks;

/// <summary>Represents the result of receiving one request. Immutable.</summary>
/// <param name="Outcome">The outcome.</param>
[DebuggerDisplay("{StatusCode} {Outcome}")]
public readonly record struct WebhookResult(WebhookOutcome Outcome)
{
    /// <summary>
    /// Gets the HTTP status code to respond with; the response body is empty. A consumer of a queue uses it in the same way. 200: acknowledge the event. 401
    /// and 422: discard the request; a retry does not help. 409, 500 and 503: retry the delivery.
    /// </summary>
    public int StatusCode =>
        Outcome switch
        {
            WebhookOutcome.NoHandler or WebhookOutcome.Duplicate or WebhookOutcome.Handled or WebhookOutcome.DeadLettered => 200,
            WebhookOutcome.Rejected => 401,
            WebhookOutcome.InProgress => 409,
            WebhookOutcome.MalformedPayload => 422,
            WebhookOutcome.Failed => 500,
            _ => 503,
        };

    /// <summary>Gets the time after which to retry, for the <c>Retry-After</c> header; null if it is not known.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>
    /// Gets the reason why the request was rejected or its payload is malformed; null for any other outcome. Do not disclose it to the sender.
    /// </summary>
    public WebhookErrorCode? ErrorCode { get; init; }

    /// <summary>Gets the event; null if the request was rejected or its payload is malformed.</summary>
    public WebhookEvent? Event { get; init; }
}
