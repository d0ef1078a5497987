namespace NodeData.Sdk.Webhooks.Receiving.Processing;

/// <summary>The result of one handler, or the combined result of several handlers.</summary>
internal readonly record struct HandlerResult(WebhookOutcome Outcome, TimeSpan? RetryAfter = null)
{
    public static implicit operator HandlerResult(WebhookOutcome outcome) => new(outcome);

    /// <summary>Gets the more severe of two results. If their outcomes are equal, gets the result with the longer delay.</summary>
    public static HandlerResult GetMoreSevere(HandlerResult one, HandlerResult other) =>
        one.Outcome != other.Outcome ? (one.Outcome > other.Outcome ? one : other)
        : one.RetryAfter > other.RetryAfter ? one
        : other;
}
