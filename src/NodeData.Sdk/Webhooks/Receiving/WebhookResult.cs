using System.Diagnostics;

namespace NodeData.Sdk.Webhooks;

/// <summary>What a receiver answers to one delivery. Immutable.</summary>
/// <param name="Outcome">What became of it.</param>
[DebuggerDisplay("{StatusCode} {Outcome}")]
public readonly record struct WebhookResult(WebhookOutcome Outcome)
{
    /// <summary>
    /// The HTTP status to answer with, the body being empty; a consumer of a queue reads it likewise. 200: done, acknowledge. 401, 422: never to be handled, however
    /// often it comes. 409, 500, 503: deliver again.
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

    /// <summary>When the sender may come again, as the header <c>Retry-After</c> says it; null where nothing is known.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Why it was refused or unreadable, for one's own eyes: the sender must not learn it. Null for any other outcome.</summary>
    public WebhookErrorCode? ErrorCode { get; init; }

    /// <summary>The event; null where the delivery was refused or unreadable.</summary>
    public WebhookEvent? Event { get; init; }
}
