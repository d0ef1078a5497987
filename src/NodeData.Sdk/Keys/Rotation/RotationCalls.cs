using Microsoft.Extensions.Logging;
using NodeData.Sdk.Http;
using NodeData.Sdk.Me;

namespace NodeData.Sdk.Keys.Rotation;

/// <summary>The calls that a rotation makes to the service, and its access to the client.</summary>
internal sealed class RotationCalls(TransportView transport)
{
    public TimeProvider Time => transport.TimeProvider;

    public DateTimeOffset Now => Time.GetUtcNow();

    public ILogger Logger => transport.Settings.Logger;

    public string Service => transport.Settings.BaseAddress.AbsoluteUri;

    public ValueTask<KeyMode> GetModeAsync(CancellationToken cancellationToken) => transport.GetModeAsync(cancellationToken);

    /// <summary>Gets the key that the next call of this client would use.</summary>
    public ValueTask<ApiKey> GetClientKeyAsync(CancellationToken cancellationToken) => transport.GetKeyAsync(cancellationToken);

    public void ReplaceClientKey(ApiKey key, ApiKey successor) => transport.ReplaceKey(key, successor);

    /// <summary>Gets the account, with the given key as the credential.</summary>
    public Task<NodeAccount> GetAccountAsync(ApiKey key, CancellationToken cancellationToken) =>
        transport.WithKey(key).SendAsync(MeEndpoints.Get, cancellationToken);

    public Task<ApiKeyInfo> GetAsync(string id, CancellationToken cancellationToken) =>
        transport.SendAsync(KeysEndpoints.Get(id), cancellationToken);

    /// <summary>Gets the current state of a key; null if the service no longer has a key with this ID.</summary>
    public async Task<ApiKeyInfo?> FindAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            return await GetAsync(id, cancellationToken).ConfigureAwait(false);
        }
        catch (NodeDataNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Gets the keys of the client's mode that match a condition.</summary>
    public async Task<List<ApiKeyInfo>> FindAllAsync(Func<ApiKeyInfo, bool> predicate, CancellationToken cancellationToken)
    {
        var found = new List<ApiKeyInfo>();
        var all = new NodeAsyncPagedList<ApiKeyInfo>(KeysEndpoints.List, transport.SendAsync, cancellationToken);
        await foreach (var key in all.ConfigureAwait(false))
        {
            if (predicate(key))
            {
                found.Add(key);
            }
        }

        return found;
    }

    public Task<CreatedApiKey> CreateAsync(CreateApiKeyOptions options, KeyMode mode, CancellationToken cancellationToken) =>
        transport.SendAsync(KeysEndpoints.Create(options, mode, Now), cancellationToken);

    /// <summary>Revokes a key, and fails if the response has another status.</summary>
    public async Task<DateTimeOffset> RevokeAsync(string id, CancellationToken cancellationToken)
    {
        var key = await transport.SendAsync(KeysEndpoints.Revoke(id), cancellationToken).ConfigureAwait(false);
        return key.Status is { } status && status != ApiKeyStatus.Revoked
            ? throw new ApiKeyRotationException($"The service did not revoke the key {id}: its response has the status {status}.")
            {
                ErrorCode = ApiKeyRotationErrorCode.RevocationFailed,
                Key = key,
            }
            : key.RevokedAt ?? Now;
    }
}
