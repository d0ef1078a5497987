using Microsoft.Extensions.Logging;
using NodeData.Sdk.Http;
using NodeData.Sdk.Me;

namespace NodeData.Sdk.Keys.Rotation;

/// <summary>What a rotation asks of the service and of the client that it runs on.</summary>
internal sealed class RotationCalls(TransportView transport)
{
    public TimeProvider Time => transport.Time;

    public DateTimeOffset Now => Time.GetUtcNow();

    public ILogger Logger => transport.Settings.Logger;

    public string Service => transport.Settings.BaseAddress.AbsoluteUri;

    public ValueTask<KeyMode> GetModeAsync(CancellationToken cancellationToken) => transport.GetModeAsync(cancellationToken);

    /// <summary>The key that this client's next call would use.</summary>
    public ValueTask<ApiKey> GetClientKeyAsync(CancellationToken cancellationToken) => transport.GetKeyAsync(cancellationToken);

    public void ReplaceClientKey(ApiKey key, ApiKey successor) => transport.ReplaceKey(key, successor);

    /// <summary>What the service knows of a key, asked under that very key.</summary>
    public Task<NodeAccount> GetAccountAsync(ApiKey key, CancellationToken cancellationToken) =>
        transport.WithKey(key).SendAsync(MeEndpoints.Get, cancellationToken);

    public Task<ApiKeyInfo> GetAsync(string id, CancellationToken cancellationToken) =>
        transport.SendAsync(KeysEndpoints.Get(id), cancellationToken);

    /// <summary>The key as it is now; null where the service has none of this id any more.</summary>
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

    /// <summary>All keys of the client's mode that are looked for.</summary>
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

    /// <summary>Revokes a key, and takes nothing but a revoked key for an answer.</summary>
    public async Task<DateTimeOffset> RevokeAsync(string id, CancellationToken cancellationToken)
    {
        var key = await transport.SendAsync(KeysEndpoints.Revoke(id), cancellationToken).ConfigureAwait(false);
        return key.Status is { } status && status != ApiKeyStatus.Revoked
            ? throw new ApiKeyRotationException($"The service was asked to revoke the key {id} and answered that it is {status}.")
            {
                ErrorCode = ApiKeyRotationErrorCode.RevocationFailed,
                Key = key,
            }
            : key.RevokedAt ?? Now;
    }
}
