using System.Diagnostics.CodeAnalysis;
using NodeData.Sdk.Http;
using NodeData.Sdk.Keys;

namespace NodeData.Sdk;

/// <summary>Provides the methods for API keys, which require a client's key with full access. Safe for concurrent use.</summary>
public partial class KeysClient
{
    private readonly TransportView _transport;

    internal KeysClient(TransportView transport) => _transport = transport;

    /// <summary>Initializes a new instance for mocking; every method is virtual.</summary>
    protected KeysClient() => _transport = null!;

    /// <summary>Creates an API key. The secret is returned once and cannot be read again.</summary>
    /// <remarks>
    /// The request is retried automatically only if the service cannot have processed it, or if <see cref="CreateApiKeyOptions.IdempotencyKey"/> is set. After
    /// a <see cref="NodeDataConnectionException"/> whose <see cref="NodeDataConnectionException.RequestMayHaveBeenProcessed"/> is true, list the keys before
    /// creating another.
    /// </remarks>
    /// <param name="options">
    /// The name (1 to 100 characters), the mode (by default the client's), the scopes (by default full access) and the expiration (by default none).
    /// </param>
    /// <param name="cancellationToken">Cancels the call; the key may have been created nevertheless.</param>
    /// <returns>The key with its secret.</returns>
    /// <exception cref="ArgumentException"><c>ExpiresIn</c> and <c>ExpiresAt</c> are both set, or the expiration is in the past.</exception>
    /// <exception cref="NodeDataConfigurationException">The requested mode differs from the mode of the client's key; nothing was sent.</exception>
    /// <exception cref="NodeDataPermissionException">The client's key is restricted; creating keys requires full access.</exception>
    /// <exception cref="NodeDataConflictException">The idempotency key was used for another request.</exception>
    /// <exception cref="NodeDataException">The call failed for another reason; see the derived types.</exception>
    public virtual CreatedApiKey Create(CreateApiKeyOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var mode = _transport.GetMode(cancellationToken);
        return _transport.Send(KeysEndpoints.Create(options, mode, _transport.TimeProvider.GetUtcNow()), cancellationToken);
    }

    /// <summary>
    /// Creates an API key with full access and without an expiration. In production, set scopes and an expiration with <see cref="CreateApiKeyOptions"/>.
    /// </summary>
    /// <param name="name">The name, 1 to 100 characters, which should say what the key is for.</param>
    /// <param name="mode">The mode. The default is the mode of the client.</param>
    /// <param name="cancellationToken">Cancels the call; the key may have been created nevertheless.</param>
    /// <returns>The key with its secret.</returns>
    /// <exception cref="ArgumentException">The name is blank or too long.</exception>
    /// <exception cref="NodeDataConfigurationException">The requested mode differs from the mode of the client's key; nothing was sent.</exception>
    /// <exception cref="NodeDataPermissionException">The client's key is restricted; creating keys requires full access.</exception>
    /// <exception cref="NodeDataException">The call failed for another reason; see the derived types.</exception>
    public virtual CreatedApiKey Create(string name, KeyMode? mode = null, CancellationToken cancellationToken = default) =>
        Create(new CreateApiKeyOptions(name) { Mode = mode }, cancellationToken);

    /// <inheritdoc cref="Create(CreateApiKeyOptions, CancellationToken)"/>
    public virtual async Task<CreatedApiKey> CreateAsync(CreateApiKeyOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var mode = await _transport.GetModeAsync(cancellationToken).ConfigureAwait(false);
        var endpoint = KeysEndpoints.Create(options, mode, _transport.TimeProvider.GetUtcNow());
        return await _transport.SendAsync(endpoint, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc cref="Create(string, KeyMode?, CancellationToken)"/>
    public virtual Task<CreatedApiKey> CreateAsync(string name, KeyMode? mode = null, CancellationToken cancellationToken = default) =>
        CreateAsync(new CreateApiKeyOptions(name) { Mode = mode }, cancellationToken);

    /// <summary>Gets an API key without its secret.</summary>
    /// <param name="id">The ID, such as <c>key_…</c>.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The key.</returns>
    /// <exception cref="ArgumentException">The ID is blank or contains a secret, which must not be part of a URL; nothing was sent.</exception>
    /// <exception cref="NodeDataNotFoundException">The account has no such key in the client's mode.</exception>
    /// <exception cref="NodeDataException">The call failed for another reason; see the derived types.</exception>
    [SuppressMessage(
        "Naming",
        "CA1716",
        Justification = "Get is the verb that every client of the field has; it is a keyword in Visual Basic only."
    )]
    public virtual ApiKeyInfo Get(string id, CancellationToken cancellationToken = default) =>
        _transport.Send(KeysEndpoints.Get(id), cancellationToken);

    /// <inheritdoc cref="Get"/>
    public virtual Task<ApiKeyInfo> GetAsync(string id, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(KeysEndpoints.Get(id), cancellationToken);

    /// <summary>Lists the keys of the account in the client's mode, newest first. Pages are fetched while the list is enumerated.</summary>
    /// <param name="cancellationToken">Cancels the enumeration.</param>
    /// <returns>The keys.</returns>
    /// <exception cref="NodeDataException">A call failed during the enumeration; see the derived types.</exception>
    public virtual NodePagedList<ApiKeyInfo> List(CancellationToken cancellationToken = default) =>
        new(KeysEndpoints.List, page => _transport.Send(page, cancellationToken));

    /// <inheritdoc cref="List"/>
    public virtual NodeAsyncPagedList<ApiKeyInfo> ListAsync(CancellationToken cancellationToken = default) =>
        new(KeysEndpoints.List, _transport.SendAsync, cancellationToken);

    /// <summary>Revokes a key immediately and permanently. Revoking it again returns the same response.</summary>
    /// <param name="idOrKey">The ID, such as <c>key_…</c>, or the key itself, which is sent in the body and never in the URL.</param>
    /// <param name="cancellationToken">Cancels the call; the key may have been revoked nevertheless.</param>
    /// <returns>The revoked key; its status is <see cref="ApiKeyStatus.Revoked"/>.</returns>
    /// <exception cref="ArgumentException">The value is blank, or contains a secret without being exactly a key; nothing was sent.</exception>
    /// <exception cref="NodeDataConfigurationException">The mode of the key differs from the mode of the client's key; nothing was sent.</exception>
    /// <exception cref="NodeDataNotFoundException">The account has no such key in the client's mode.</exception>
    /// <exception cref="NodeDataException">The call failed for another reason; see the derived types.</exception>
    public virtual ApiKeyInfo Revoke(string idOrKey, CancellationToken cancellationToken = default) =>
        _transport.Send(KeysEndpoints.Revoke(idOrKey), cancellationToken);

    /// <summary>Revokes a key immediately and permanently. The key is sent in the body and never in the URL.</summary>
    /// <param name="key">The key itself.</param>
    /// <param name="cancellationToken">Cancels the call; the key may have been revoked nevertheless.</param>
    /// <returns>The revoked key; its status is <see cref="ApiKeyStatus.Revoked"/>.</returns>
    /// <exception cref="NodeDataConfigurationException">The mode of the key differs from the mode of the client's key; nothing was sent.</exception>
    /// <exception cref="NodeDataNotFoundException">The account has no such key in the client's mode.</exception>
    /// <exception cref="NodeDataException">The call failed for another reason; see the derived types.</exception>
    public virtual ApiKeyInfo Revoke(ApiKey key, CancellationToken cancellationToken = default) =>
        _transport.Send(KeysEndpoints.Revoke(key), cancellationToken);

    /// <inheritdoc cref="Revoke(string, CancellationToken)"/>
    public virtual Task<ApiKeyInfo> RevokeAsync(string idOrKey, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(KeysEndpoints.Revoke(idOrKey), cancellationToken);

    /// <inheritdoc cref="Revoke(ApiKey, CancellationToken)"/>
    public virtual Task<ApiKeyInfo> RevokeAsync(ApiKey key, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(KeysEndpoints.Revoke(key), cancellationToken);
}
