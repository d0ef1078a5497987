using NodeData.Sdk.Http;
using NodeData.Sdk.Me;

namespace NodeData.Sdk;

/// <summary>The calls about the account that the key belongs to. Safe for use by several threads.</summary>
public class MeClient
{
    private readonly TransportView _transport;

    internal MeClient(TransportView transport) => _transport = transport;

    /// <summary>For mocks: every method is virtual.</summary>
    protected MeClient() => _transport = null!;

    /// <summary>Gets the account, and what the service knows of the key in use. Needs no scope: the smallest call that proves that a key works.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="NodeDataAuthenticationException">The key is unknown, revoked or expired.</exception>
    /// <exception cref="NodeDataException">The call failed in another way; see the types derived from it.</exception>
    public virtual NodeAccount Get(CancellationToken cancellationToken = default) => _transport.Send(MeEndpoints.Get, cancellationToken);

    /// <inheritdoc cref="Get"/>
    public virtual Task<NodeAccount> GetAsync(CancellationToken cancellationToken = default) =>
        _transport.SendAsync(MeEndpoints.Get, cancellationToken);
}
