namespace NodeData.Sdk.RotationProgram;

/// <summary>A kill point before each request and one after its response.</summary>
internal sealed class KillPointHandler(KillPoints killPoints)
    : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
{
    private readonly bool _ignoresIdempotencyKey = Environment.GetEnvironmentVariable("IGNORE_IDEMPOTENCY") is not null;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var name = $"{request.Method} {request.RequestUri!.AbsolutePath.Split('/')[2]}";
        if (_ignoresIdempotencyKey)
        {
            request.Headers.Remove("Idempotency-Key");
        }

        await killPoints.ReachAsync($"before {name}");
        var response = await base.SendAsync(request, cancellationToken);
        await response.Content.LoadIntoBufferAsync(cancellationToken);
        await killPoints.ReachAsync($"after {name}");
        return response;
    }
}

/// <summary>A kill point before each write to the store and one after it.</summary>
internal sealed class KillPointStore(IApiKeyRotationStore store, KillPoints killPoints) : IApiKeyRotationStore
{
    public Task<IAsyncDisposable?> TryLockAsync(string name, CancellationToken cancellationToken) =>
        store.TryLockAsync(name, cancellationToken);

    public Task<IReadOnlyList<ApiKeyRotationRecord>> ReadAsync(CancellationToken cancellationToken) => store.ReadAsync(cancellationToken);

    public async Task WriteAsync(ApiKeyRotationRecord record, CancellationToken cancellationToken)
    {
        await killPoints.ReachAsync($"before write {record.Stage}");
        await store.WriteAsync(record, cancellationToken);
        await killPoints.ReachAsync($"after write {record.Stage}");
    }
}

/// <summary>A kill point before each deployment and one after it.</summary>
internal sealed class KillPointSink(IApiKeySink sink, KillPoints killPoints) : IApiKeySink
{
    public string Name => sink.Name;

    public async Task DeployAsync(CreatedApiKey key, CancellationToken cancellationToken)
    {
        await killPoints.ReachAsync("before deploy");
        await sink.DeployAsync(key, cancellationToken);
        await killPoints.ReachAsync("after deploy");
    }
}
