namespace NodeData.Sdk.RotationProgram;

/// <summary>A point before each request and one after its answer.</summary>
internal sealed class PointsOnTheWire(Points points)
    : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
{
    private readonly bool _ignores = Environment.GetEnvironmentVariable("IGNORE_IDEMPOTENCY") is not null;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var what = $"{request.Method} {request.RequestUri!.AbsolutePath.Split('/')[2]}";
        if (_ignores)
        {
            request.Headers.Remove("Idempotency-Key");
        }

        await points.PassAsync($"before {what}");
        var response = await base.SendAsync(request, cancellationToken);
        await response.Content.LoadIntoBufferAsync(cancellationToken);
        await points.PassAsync($"after {what}");
        return response;
    }
}

/// <summary>A point before each write to the log and one after it.</summary>
internal sealed class PointsInLog(IApiKeyRotationStore log, Points points) : IApiKeyRotationStore
{
    public Task<IAsyncDisposable?> TryLockAsync(string name, CancellationToken cancellationToken) =>
        log.TryLockAsync(name, cancellationToken);

    public Task<IReadOnlyList<ApiKeyRotationRecord>> ReadAsync(CancellationToken cancellationToken) => log.ReadAsync(cancellationToken);

    public async Task WriteAsync(ApiKeyRotationRecord record, CancellationToken cancellationToken)
    {
        await points.PassAsync($"before write {record.Stage}");
        await log.WriteAsync(record, cancellationToken);
        await points.PassAsync($"after write {record.Stage}");
    }
}

/// <summary>A point before each deployment and one after it.</summary>
internal sealed class PointsAtSink(IApiKeySink sink, Points points) : IApiKeySink
{
    public string Name => sink.Name;

    public async Task DeployAsync(CreatedApiKey key, CancellationToken cancellationToken)
    {
        await points.PassAsync("before deploy");
        await sink.DeployAsync(key, cancellationToken);
        await points.PassAsync("after deploy");
    }
}
