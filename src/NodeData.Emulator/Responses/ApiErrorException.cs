namespace NodeData.Emulator.Responses;

/// <summary>The exception for a rejected request, with the error codes of the contract's table. Thrown before anything is written.</summary>
internal sealed class ApiErrorException(int status, string code, string message, string? field = null) : Exception(message)
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    public string? Field { get; } = field;

    /// <summary>The headers of the error response.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    public static ApiErrorException Invalid(string? field, string message) => new(400, "validation_failed", message, field);

    public static ApiErrorException InvalidKey(string message) =>
        new(401, "invalid_key", message) { Headers = [new("WWW-Authenticate", "Bearer")] };

    public static ApiErrorException ScopeRequired(string message) => new(403, "scope_required", message);

    public static ApiErrorException ModeMismatch(string message) => new(403, "mode_mismatch", message);

    public static ApiErrorException NotFound(string message) => new(404, "not_found", message);

    public static ApiErrorException MethodNotAllowed(string allowed) =>
        new(405, "method_not_allowed", $"This path supports only {allowed}.") { Headers = [new("Allow", allowed)] };

    public static ApiErrorException RequestInProgress(long retryAfterSeconds) =>
        new(409, "conflict", "The first request with this Idempotency-Key is still in progress. Retry later.")
        {
            Headers = [CreateRetryAfter(retryAfterSeconds)],
        };

    public static ApiErrorException IdempotencyConflict() =>
        new(409, "idempotency_conflict", "This Idempotency-Key was used for another request. Use a new one for each new request.");

    public static ApiErrorException TooLarge(long bytes) => new(413, "request_too_large", $"The body must not exceed {bytes} bytes.");

    public static ApiErrorException RateLimited(string requestKind, long retryAfterSeconds) =>
        new(429, "rate_limited", $"Too many {requestKind} with this key in this minute. Retry after {retryAfterSeconds} s.")
        {
            Headers = [CreateRetryAfter(retryAfterSeconds)],
        };

    public Response ToResponse(string requestId) =>
        Response.FromJson(Status, new ErrorBody(new ErrorObject(Code, Message, Field, requestId)), ResponsesJson.Default.ErrorBody) with
        {
            Headers = Headers,
        };

    public ApiErrorException WithHeaders(IEnumerable<KeyValuePair<string, string>> headers) =>
        new(Status, Code, Message, Field) { Headers = [.. Headers, .. headers] };

    private static KeyValuePair<string, string> CreateRetryAfter(long seconds) => Header.Create("Retry-After", seconds);
}
