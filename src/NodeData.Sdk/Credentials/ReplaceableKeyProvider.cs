using System.Collections.Immutable;

namespace NodeData.Sdk.Credentials;

/// <summary>
/// Wraps a client's key provider so that keys can be replaced while the client is in use: if the provider returns a key that was replaced, the successor of
/// that key is used instead. If the provider returns any other key, that key is used. Thread-safe.
/// </summary>
internal sealed class ReplaceableKeyProvider(IApiKeyProvider provider) : IApiKeyProvider
{
    private readonly CheckedKeyProvider _provider = new(provider);

    private ImmutableDictionary<ApiKey, ApiKey> _successors = ImmutableDictionary<ApiKey, ApiKey>.Empty;

    public ApiKey GetKey(CancellationToken cancellationToken) => ResolveSuccessor(_provider.GetKey(cancellationToken));

    public ValueTask<ApiKey> GetKeyAsync(CancellationToken cancellationToken) =>
        Volatile.Read(ref _successors).IsEmpty ? _provider.GetKeyAsync(cancellationToken) : GetCurrentKeyAsync(cancellationToken);

    public ApiKey Refresh(ApiKey rejected, CancellationToken cancellationToken) =>
        SelectUnlessRejected(rejected, _provider.Refresh(rejected, cancellationToken));

    public async ValueTask<ApiKey> RefreshAsync(ApiKey rejected, CancellationToken cancellationToken) =>
        SelectUnlessRejected(rejected, await _provider.RefreshAsync(rejected, cancellationToken).ConfigureAwait(false));

    /// <summary>
    /// Replaces a key with its successor. If the provider is an <see cref="ApiKeyCredential"/>, which several clients may share, the credential is updated
    /// instead.
    /// </summary>
    public void Replace(ApiKey key, ApiKey successor)
    {
        if (provider is ApiKeyCredential credential)
        {
            credential.Replace(key, successor);
            return;
        }

        // A key that is restored must not be mapped to its own successor.
        ImmutableInterlocked.Update(ref _successors, successors => successors.Remove(successor).SetItem(key, successor));
    }

    private async ValueTask<ApiKey> GetCurrentKeyAsync(CancellationToken cancellationToken) =>
        ResolveSuccessor(await _provider.GetKeyAsync(cancellationToken).ConfigureAwait(false));

    private ApiKey ResolveSuccessor(ApiKey key)
    {
        var successors = Volatile.Read(ref _successors);
        // A chain cannot be longer than the number of successors; the counter also ends a cycle.
        for (var remaining = successors.Count; remaining > 0 && successors.TryGetValue(key, out var successor); remaining--)
        {
            key = successor;
        }

        return key;
    }

    // A rejected successor may have been revoked elsewhere; the call is then retried with the provider's key.
    private ApiKey SelectUnlessRejected(ApiKey rejected, ApiKey providerKey) =>
        ResolveSuccessor(providerKey) is var key && key.Equals(rejected) ? providerKey : key;
}
