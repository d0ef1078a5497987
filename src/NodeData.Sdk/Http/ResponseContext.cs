namespace NodeData.Sdk.Http;

/// <summary>
/// Contains a response, its body, and the request data that response readers and error messages need. Valid only until its body buffer is disposed.
/// </summary>
internal readonly ref struct ResponseContext(
    Endpoint endpoint,
    ApiKey key,
    HttpResponseMessage response,
    ReadOnlySpan<byte> body,
    TimeProvider timeProvider
)
{
    public Endpoint Endpoint { get; } = endpoint;

    public ApiKey Key { get; } = key;

    public HttpResponseMessage Response { get; } = response;

    public ReadOnlySpan<byte> Body { get; } = body;

    public int Status => (int)Response.StatusCode;

    public string? RequestId => ResponseHeaders.GetRequestId(Response);

    public RateLimit? RateLimit => ResponseHeaders.GetRateLimit(Response, timeProvider.GetUtcNow());

    public TimeSpan? RetryAfter => ResponseHeaders.GetRetryAfter(Response, timeProvider.GetUtcNow());
}

/// <summary>Creates the result of a call from its response.</summary>
internal delegate T ResponseReader<out T>(in ResponseContext context);
