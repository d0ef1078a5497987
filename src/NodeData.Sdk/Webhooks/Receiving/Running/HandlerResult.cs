namespace NodeData.Sdk.Webhooks.Receiving.Running;

/// <summary>What became of a delivery for one handler, or for several of them together.</summary>
internal readonly record struct HandlerResult(WebhookOutcome Outcome, TimeSpan? RetryAfter = null)
{
    public static implicit operator HandlerResult(WebhookOutcome outcome) => new(outcome);

    /// <summary>The graver of the two; of two alike, the one that asks for the longer wait.</summary>
    public static HandlerResult GetMoreSevere(HandlerResult one, HandlerResult other) =>
        one.Outcome != other.Outcome ? (one.Outcome > other.Outcome ? one : other)
        : one.RetryAfter > other.RetryAfter ? one
        : other;
}
