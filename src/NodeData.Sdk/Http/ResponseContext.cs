namespace NodeData.Sdk.Http;

/// <summary>An answer as it came, with what is needed to read it or to say what is wrong with it. Lives as long as its buffer.</summary>
internal readonly ref struct ResponseContext(
    Endpoint endpoint,
    ApiKey key,
    HttpResponseMessage response,
    ReadOnlySpan<byte> body,
    TimeProvider time
)
{
    public Endpoint Endpoint { get; } = endpoint;

    public ApiKey Key { get; } = key;

    public HttpResponseMessage Response { get; } = response;

    public ReadOnlySpan<byte> Body { get; } = body;

    public int Status => (int)Response.StatusCode;

    public string? RequestId => ResponseHeaders.GetRequestId(Response);

    public RateLimit? RateLimit => ResponseHeaders.GetRateLimit(Response, time.GetUtcNow());

    public TimeSpan? RetryAfter => ResponseHeaders.GetRetryAfter(Response, time.GetUtcNow());
}

/// <summary>Makes the result of a call from its answer.</summary>
internal delegate T ResponseReader<out T>(in ResponseContext context);
