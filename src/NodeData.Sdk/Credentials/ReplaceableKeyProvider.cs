using System.Collections.Immutable;

namespace NodeData.Sdk.Credentials;

/// <summary>
/// A client's keys, each of which can be replaced while the client runs: where the provider still gives a key that was replaced, its successor is used
/// instead. As soon as the provider gives another key, that one counts. Safe for use by several threads.
/// </summary>
internal sealed class ReplaceableKeyProvider(IApiKeyProvider provider) : IApiKeyProvider
{
    private ImmutableDictionary<ApiKey, ApiKey> _successors = ImmutableDictionary<ApiKey, ApiKey>.Empty;

    public ApiKey GetKey(CancellationToken cancellationToken) => ResolveSuccessor(provider.GetKey(cancellationToken));

    public ValueTask<ApiKey> GetKeyAsync(CancellationToken cancellationToken) =>
        Volatile.Read(ref _successors).IsEmpty ? provider.GetKeyAsync(cancellationToken) : GetCurrentKeyAsync(cancellationToken);

    public ApiKey Refresh(ApiKey rejected, CancellationToken cancellationToken) =>
        SelectUnlessRejected(rejected, provider.Refresh(rejected, cancellationToken));

    public async ValueTask<ApiKey> RefreshAsync(ApiKey rejected, CancellationToken cancellationToken) =>
        SelectUnlessRejected(rejected, await provider.RefreshAsync(rejected, cancellationToken).ConfigureAwait(false));

    /// <summary>Lets a key take the place of another; a credential that others may share is updated itself.</summary>
    public void Replace(ApiKey key, ApiKey successor)
    {
        if (provider is ApiKeyCredential credential)
        {
            credential.Replace(key, successor);
            return;
        }

        // Whoever is put back must not be led away from itself.
        ImmutableInterlocked.Update(ref _successors, successors => successors.Remove(successor).SetItem(key, successor));
    }

    private async ValueTask<ApiKey> GetCurrentKeyAsync(CancellationToken cancellationToken) =>
        ResolveSuccessor(await provider.GetKeyAsync(cancellationToken).ConfigureAwait(false));

    private ApiKey ResolveSuccessor(ApiKey key)
    {
        var successors = Volatile.Read(ref _successors);
        // No key has more successors than there are, so a circle ends here too.
        for (var remaining = successors.Count; remaining > 0 && successors.TryGetValue(key, out var successor); remaining--)
        {
            key = successor;
        }

        return key;
    }

    // A successor that is refused may have been taken back elsewhere: then what the provider itself gives is worth a try.
    private ApiKey SelectUnlessRejected(ApiKey rejected, ApiKey providerKey) =>
        ResolveSuccessor(providerKey) is var key && key.Equals(rejected) ? providerKey : key;
}
