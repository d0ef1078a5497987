using System.Diagnostics.CodeAnalysis;
using NodeData.Sdk.Http;
using NodeData.Sdk.Me;

namespace NodeData.Sdk;

/// <summary>Provides the operations on the account that the key belongs to. Thread-safe.</summary>
public class MeClient
{
    private readonly TransportView _transport;

    internal MeClient(TransportView transport) => _transport = transport;

    /// <summary>Initializes a new instance of the <see cref="MeClient"/> class for mocking; every method is virtual.</summary>
    protected MeClient() => _transport = null!;

    /// <summary>Gets the account and the key that the call is made with. Requires no scope, which makes it the simplest way to verify a key.</summary>
    /// <param name="cancellationToken">The token that cancels the call.</param>
    /// <returns>The account.</returns>
    /// <exception cref="NodeDataAuthenticationException">The key is unknown, revoked or expired.</exception>
    /// <exception cref="NodeDataException">The call failed for another reason; see the derived types.</exception>
    [SuppressMessage("Naming", "CA1716", Justification = "Get is the usual verb for this operation; it is a keyword in Visual Basic only.")]
    public virtual NodeAccount Get(CancellationToken cancellationToken = default) => _transport.Send(MeEndpoints.Get, cancellationToken);

    /// <inheritdoc cref="Get"/>
    public virtual Task<NodeAccount> GetAsync(CancellationToken cancellationToken = default) =>
        _transport.SendAsync(MeEndpoints.Get, cancellationToken);
}
