namespace NodeData.Sdk.Http;

/// <summary>Combines the transport with the request options of one client. Used by the resource clients, such as <see cref="KeysClient"/>.</summary>
internal sealed class TransportView(NodeTransport transport, NodeRequestOptions? options)
{
    public TransportSettings Settings => transport.Settings;

    public TimeProvider TimeProvider => Settings.TimeProvider;

    public TransportView With(NodeRequestOptions overrides) => new(transport, overrides.Merge(options));

    /// <inheritdoc cref="NodeTransport.WithKey"/>
    public TransportView WithKey(ApiKey key) => new(transport.WithKey(key), options);

    /// <inheritdoc cref="NodeTransport.GetKeyAsync"/>
    public ValueTask<ApiKey> GetKeyAsync(CancellationToken cancellationToken) => transport.GetKeyAsync(cancellationToken);

    /// <inheritdoc cref="NodeTransport.ReplaceKey"/>
    public void ReplaceKey(ApiKey key, ApiKey successor) => transport.ReplaceKey(key, successor);

    public KeyMode GetMode(CancellationToken cancellationToken) => transport.GetMode(cancellationToken);

    public ValueTask<KeyMode> GetModeAsync(CancellationToken cancellationToken) => transport.GetModeAsync(cancellationToken);

    public T Send<T>(Endpoint<T> endpoint, CancellationToken cancellationToken) => transport.Send(endpoint, options, cancellationToken);

    public Task<T> SendAsync<T>(Endpoint<T> endpoint, CancellationToken cancellationToken) =>
        transport.SendAsync(endpoint, options, cancellationToken);
}
