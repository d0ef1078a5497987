namespace NodeData.Sdk.Http.Raw;

/// <summary>A call that this client does not describe, as a value like any other.</summary>
internal static class RawEndpoints
{
    public static Endpoint<NodeResponse> Of(HttpMethod method, string path, NodeRequestBody? body, string? idempotencyKey)
    {
        ArgumentNullException.ThrowIfNull(method);
        return new Endpoint<NodeResponse>(method, RelativePath.Check(path), Read)
        {
            IsCallersOwn = true,
            Template = "{path}",
            Body = body?.Bytes,
            IdempotencyKey = idempotencyKey is null ? null : Http.IdempotencyKey.Check(idempotencyKey),
        };
    }

    private static NodeResponse Read(in Answer answer) =>
        new(
            answer.Response.StatusCode,
            answer.Body.ToArray(),
            NodeResponseInfo.HeadersOf(answer.Response),
            answer.RequestId,
            answer.RateLimit
        );
}
