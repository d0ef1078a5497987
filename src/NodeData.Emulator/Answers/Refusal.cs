namespace NodeData.Emulator.Answers;

/// <summary>A request is refused: the codes of the contract's table, in one place. Thrown by what reads a request, before it has written anything.</summary>
internal sealed class Refusal(int status, string code, string message, string? field = null) : Exception(message)
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    public string? Field { get; } = field;

    /// <summary>Headers that belong to the refusal.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    public static Refusal Invalid(string? field, string message) => new(400, "validation_failed", message, field);

    public static Refusal InvalidKey(string message) => new(401, "invalid_key", message) { Headers = [new("WWW-Authenticate", "Bearer")] };

    public static Refusal ScopeRequired(string message) => new(403, "scope_required", message);

    public static Refusal ModeMismatch(string message) => new(403, "mode_mismatch", message);

    public static Refusal NotFound(string message) => new(404, "not_found", message);

    public static Refusal MethodNotAllowed(string allowed) =>
        new(405, "method_not_allowed", $"This path takes {allowed} only.") { Headers = [new("Allow", allowed)] };

    public static Refusal StillAtWork(long retryAfterSeconds) =>
        new(409, "conflict", "The first request with this Idempotency-Key is still at work. Ask again.")
        {
            Headers = [RetryAfter(retryAfterSeconds)],
        };

    public static Refusal IdempotencyConflict() =>
        new(409, "idempotency_conflict", "This Idempotency-Key was used for another request. Use a new one for each new request.");

    public static Refusal TooLarge(long bytes) => new(413, "request_too_large", $"A body holds {bytes} bytes at most.");

    public static Refusal RateLimited(string what, long retryAfterSeconds) =>
        new(429, "rate_limited", $"Too many {what} with this key in this minute. Retry after {retryAfterSeconds} s.")
        {
            Headers = [RetryAfter(retryAfterSeconds)],
        };

    public Answer ToAnswer(string requestId) =>
        Answer.Json(Status, new ErrorBody(new ErrorObject(Code, Message, Field, requestId)), AnswersJson.Default.ErrorBody) with
        {
            Headers = Headers,
        };

    public Refusal With(IEnumerable<KeyValuePair<string, string>> headers) =>
        new(Status, Code, Message, Field) { Headers = [.. Headers, .. headers] };

    private static KeyValuePair<string, string> RetryAfter(long seconds) => Header.Of("Retry-After", seconds);
}
