namespace NodeData.Sdk.Http.Raw;

/// <summary>Creates the descriptions of raw requests, which are requests to endpoints without a dedicated method.</summary>
internal static class RawEndpoints
{
    public static Endpoint<NodeResponse> Create(HttpMethod method, string path, NodeRequestBody? body, string? idempotencyKey)
    {
        ArgumentNullException.ThrowIfNull(method);
        return new Endpoint<NodeResponse>(method, RelativePath.Validate(path), ReadResponse)
        {
            IsRaw = true,
            PathTemplate = "{path}",
            Body = body?.Bytes,
            IdempotencyKey = idempotencyKey is null ? null : Http.IdempotencyKey.Validate(idempotencyKey),
        };
    }

    private static NodeResponse ReadResponse(in ResponseContext context) =>
        new(
            context.Response.StatusCode,
            context.Body.ToArray(),
            NodeResponseInfo.GetHeaders(context.Response),
            context.RequestId,
            context.RateLimit
        );
}
