using NodeData.Sdk.Http;
using NodeData.Sdk.Keys;

namespace NodeData.Sdk;

/// <summary>The calls about API keys. They need a key with full access. Safe for use by several threads.</summary>
public partial class KeysClient
{
    private readonly TransportView _transport;

    internal KeysClient(TransportView transport) => _transport = transport;

    /// <summary>For mocks: every method is virtual.</summary>
    protected KeysClient() => _transport = null!;

    /// <summary>Creates a key. Its secret is in the answer and can never be read again.</summary>
    /// <remarks>
    /// Sent again by itself only where nothing can have been done, or under <see cref="CreateApiKeyOptions.IdempotencyKey"/>. After a
    /// <see cref="NodeDataConnectionException"/> that says that the request may have been carried out, list the keys before making another.
    /// </remarks>
    /// <param name="options">Name (1 to 100 characters), mode (the client's own), scopes (none: full access) and expiry (none: never).</param>
    /// <param name="cancellationToken">Ends the call; a key may have been made all the same.</param>
    /// <exception cref="ArgumentException">Both ways to say the expiry were used, or it is past.</exception>
    /// <exception cref="NodeDataConfigurationException">The client's own key is of the other mode; nothing was sent.</exception>
    /// <exception cref="NodeDataPermissionException">The client's key is restricted: only full access makes keys.</exception>
    /// <exception cref="NodeDataConflictException">The idempotency key was used for another request.</exception>
    /// <exception cref="NodeDataException">The call failed in another way; see the types derived from it.</exception>
    public virtual CreatedApiKey Create(CreateApiKeyOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var mode = _transport.GetMode(cancellationToken);
        return _transport.Send(KeysEndpoints.Create(options, mode, _transport.Time.GetUtcNow()), cancellationToken);
    }

    /// <summary>Creates a key with full access and without an expiry. For anything but a try-out, name scopes and an expiry in a <see cref="CreateApiKeyOptions"/>.</summary>
    /// <param name="name">What it is for: 1 to 100 characters.</param>
    /// <param name="mode">The mode; left out, the client's own.</param>
    /// <param name="cancellationToken">Ends the call; a key may have been made all the same.</param>
    /// <exception cref="ArgumentException">The name is blank or too long.</exception>
    /// <exception cref="NodeDataConfigurationException">The client's own key is of the other mode; nothing was sent.</exception>
    /// <exception cref="NodeDataPermissionException">The client's key is restricted: only full access makes keys.</exception>
    /// <exception cref="NodeDataException">The call failed in another way; see the types derived from it.</exception>
    public virtual CreatedApiKey Create(string name, KeyMode? mode = null, CancellationToken cancellationToken = default) =>
        Create(new CreateApiKeyOptions(name) { Mode = mode }, cancellationToken);

    /// <inheritdoc cref="Create(CreateApiKeyOptions, CancellationToken)"/>
    public virtual async Task<CreatedApiKey> CreateAsync(CreateApiKeyOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var mode = await _transport.GetModeAsync(cancellationToken).ConfigureAwait(false);
        var endpoint = KeysEndpoints.Create(options, mode, _transport.Time.GetUtcNow());
        return await _transport.SendAsync(endpoint, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc cref="Create(string, KeyMode?, CancellationToken)"/>
    public virtual Task<CreatedApiKey> CreateAsync(string name, KeyMode? mode = null, CancellationToken cancellationToken = default) =>
        CreateAsync(new CreateApiKeyOptions(name) { Mode = mode }, cancellationToken);

    /// <summary>Gets what the service tells about a key.</summary>
    /// <param name="id">The id, such as <c>key_…</c>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ArgumentException">The id is blank, or holds a secret, which never stands in an address; nothing was sent.</exception>
    /// <exception cref="NodeDataNotFoundException">There is no such key in this account and mode.</exception>
    /// <exception cref="NodeDataException">The call failed in another way; see the types derived from it.</exception>
    public virtual ApiKeyInfo Get(string id, CancellationToken cancellationToken = default) =>
        _transport.Send(KeysEndpoints.Get(id), cancellationToken);

    /// <inheritdoc cref="Get"/>
    public virtual Task<ApiKeyInfo> GetAsync(string id, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(KeysEndpoints.Get(id), cancellationToken);

    /// <summary>Lists the keys of the account in the client's mode, newest first. Pages are fetched while the list is enumerated.</summary>
    /// <param name="cancellationToken">Ends the enumeration.</param>
    /// <exception cref="NodeDataException">Thrown while enumerating; see the types derived from it.</exception>
    public virtual NodePagedList<ApiKeyInfo> List(CancellationToken cancellationToken = default) =>
        new(KeysEndpoints.List, page => _transport.Send(page, cancellationToken));

    /// <inheritdoc cref="List"/>
    public virtual NodeAsyncPagedList<ApiKeyInfo> ListAsync(CancellationToken cancellationToken = default) =>
        new(KeysEndpoints.List, _transport.SendAsync, cancellationToken);

    /// <summary>Revokes a key at once and for good. Revoking it again gives the same answer.</summary>
    /// <param name="idOrKey">The id, such as <c>key_…</c>, or the key itself, which is sent in the body and never in the address.</param>
    /// <param name="cancellationToken">Ends the call; the key may have been revoked all the same.</param>
    /// <returns>The key, its status now <see cref="ApiKeyStatus.Revoked"/>.</returns>
    /// <exception cref="ArgumentException">It is blank, or holds a secret without being exactly a key; nothing was sent.</exception>
    /// <exception cref="NodeDataConfigurationException">The key is of the other mode than the client's; nothing was sent.</exception>
    /// <exception cref="NodeDataNotFoundException">There is no such key in this account and mode.</exception>
    /// <exception cref="NodeDataException">The call failed in another way; see the types derived from it.</exception>
    public virtual ApiKeyInfo Revoke(string idOrKey, CancellationToken cancellationToken = default) =>
        _transport.Send(KeysEndpoints.Revoke(idOrKey), cancellationToken);

    /// <summary>Revokes a key at once and for good. It is sent in the body and never in the address.</summary>
    /// <param name="key">The key itself.</param>
    /// <param name="cancellationToken">Ends the call; the key may have been revoked all the same.</param>
    /// <returns>The key, its status now <see cref="ApiKeyStatus.Revoked"/>.</returns>
    /// <exception cref="NodeDataConfigurationException">The key is of the other mode than the client's; nothing was sent.</exception>
    /// <exception cref="NodeDataNotFoundException">There is no such key in this account and mode.</exception>
    /// <exception cref="NodeDataException">The call failed in another way; see the types derived from it.</exception>
    public virtual ApiKeyInfo Revoke(ApiKey key, CancellationToken cancellationToken = default) =>
        _transport.Send(KeysEndpoints.Revoke(key), cancellationToken);

    /// <inheritdoc cref="Revoke(string, CancellationToken)"/>
    public virtual Task<ApiKeyInfo> RevokeAsync(string idOrKey, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(KeysEndpoints.Revoke(idOrKey), cancellationToken);

    /// <inheritdoc cref="Revoke(ApiKey, CancellationToken)"/>
    public virtual Task<ApiKeyInfo> RevokeAsync(ApiKey key, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(KeysEndpoints.Revoke(key), cancellationToken);
}
