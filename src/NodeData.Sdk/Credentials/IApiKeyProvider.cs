namespace NodeData.Sdk;

/// <summary>
/// Where a client's key comes from. It is asked for each attempt of each call, so that a rotated key is used by the next retry without a restart.
/// Implementations are called from several threads at once. Every key given must be of one mode: the first one fixes the client's.
/// </summary>
public interface IApiKeyProvider
{
    /// <summary>The key for the attempt about to be made by a synchronous call.</summary>
    /// <param name="cancellationToken">Cancelled with the call, and when the attempt's time is up.</param>
    /// <exception cref="NodeDataConfigurationException">There is no usable key; the message names the setting and the cure.</exception>
    ApiKey GetKey(CancellationToken cancellationToken);

    /// <summary>The key for the attempt about to be made by an asynchronous call.</summary>
    /// <param name="cancellationToken">Cancelled with the call, and when the attempt's time is up.</param>
    /// <exception cref="NodeDataConfigurationException">There is no usable key; the message names the setting and the cure.</exception>
    ValueTask<ApiKey> GetKeyAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Asked once after the service answered 401. Where the key returned is another one, the call is repeated with it; where it is the same, the refusal
    /// stands. By default the key is read anew; a provider that keeps a copy fetches it afresh here.
    /// </summary>
    /// <param name="rejected">The key that the service refused.</param>
    /// <param name="cancellationToken">Cancelled with the call, and when the attempt's time is up.</param>
    ApiKey Refresh(ApiKey rejected, CancellationToken cancellationToken) => GetKey(cancellationToken);

    /// <summary>As <see cref="Refresh"/>, for an asynchronous call.</summary>
    /// <param name="rejected">The key that the service refused.</param>
    /// <param name="cancellationToken">Cancelled with the call, and when the attempt's time is up.</param>
    ValueTask<ApiKey> RefreshAsync(ApiKey rejected, CancellationToken cancellationToken) => GetKeyAsync(cancellationToken);
}
