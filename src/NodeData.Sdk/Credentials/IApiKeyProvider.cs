namespace NodeData.Sdk;

/// <summary>
/// Provides a client's API key. The client gets the key on each attempt of each call, so that a rotated key is used by the next attempt, without a restart.
/// Implementations must be thread-safe. All keys must have the same mode: the first key determines the mode of the client.
/// </summary>
public interface IApiKeyProvider
{
    /// <summary>Gets the key for the next attempt of a synchronous call.</summary>
    /// <param name="cancellationToken">Canceled when the call is canceled or the attempt times out.</param>
    /// <returns>The key.</returns>
    /// <exception cref="NodeDataConfigurationException">There is no valid key; the message contains the setting and the remedy.</exception>
    ApiKey GetKey(CancellationToken cancellationToken);

    /// <summary>Gets the key for the next attempt of an asynchronous call.</summary>
    /// <param name="cancellationToken">Canceled when the call is canceled or the attempt times out.</param>
    /// <returns>The key.</returns>
    /// <exception cref="NodeDataConfigurationException">There is no valid key; the message contains the setting and the remedy.</exception>
    ValueTask<ApiKey> GetKeyAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Gets the key again after a 401 response; called once for each synchronous call. If a different key is returned, the call is retried with it;
    /// otherwise the call fails. The default implementation calls <see cref="GetKey"/>; a provider that caches the key must bypass its cache here.
    /// </summary>
    /// <param name="rejected">The key that the service rejected.</param>
    /// <param name="cancellationToken">Canceled when the call is canceled or the attempt times out.</param>
    /// <returns>The current key.</returns>
    /// <exception cref="NodeDataConfigurationException">There is no valid key; the message contains the setting and the remedy.</exception>
    ApiKey Refresh(ApiKey rejected, CancellationToken cancellationToken) => GetKey(cancellationToken);

    /// <summary>
    /// Gets the key again after a 401 response; called once for each asynchronous call. If a different key is returned, the call is retried with it;
    /// otherwise the call fails. The default implementation calls <see cref="GetKeyAsync"/>; a provider that caches the key must bypass its cache here.
    /// </summary>
    /// <param name="rejected">The key that the service rejected.</param>
    /// <param name="cancellationToken">Canceled when the call is canceled or the attempt times out.</param>
    /// <returns>The current key.</returns>
    /// <exception cref="NodeDataConfigurationException">There is no valid key; the message contains the setting and the remedy.</exception>
    ValueTask<ApiKey> RefreshAsync(ApiKey rejected, CancellationToken cancellationToken) => GetKeyAsync(cancellationToken);
}
