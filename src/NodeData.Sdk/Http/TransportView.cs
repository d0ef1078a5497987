namespace NodeData.Sdk.Http;

/// <summary>The transport under the options of one view of the client. What the sub-clients hold.</summary>
internal sealed class TransportView(NodeTransport transport, RequestOptions? options)
{
    public TimeProvider Time => transport.Time;

    public TransportView With(RequestOptions inner) => new(transport, inner.Over(options));

    public KeyMode GetMode(CancellationToken cancellationToken) => transport.GetMode(cancellationToken);

    public ValueTask<KeyMode> GetModeAsync(CancellationToken cancellationToken) => transport.GetModeAsync(cancellationToken);

    public T Send<T>(Endpoint<T> endpoint, CancellationToken cancellationToken) => transport.Send(endpoint, options, cancellationToken);

    public Task<T> SendAsync<T>(Endpoint<T> endpoint, CancellationToken cancellationToken) =>
        transport.SendAsync(endpoint, options, cancellationToken);
}
